#include "console/pages/script_problems.h"

#include "console/models/words.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"

#include <QListWidget>
#include <QPoint>

#include <algorithm>
#include <chrono>

namespace cohort::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Failure
{
    QString error; // its last line
    const model::Run* newest = nullptr;
    int times = 0;
};

QString lastLine(const QString& error)
{
    return error.section(u'\n', -1, -1, QString::SectionSkipEmpty).trimmed();
}

QList<Failure> failuresOf(const RunsModel& runs)
{
    const Timestamp since = fromMs(QDateTime::currentMSecsSinceEpoch()) - 24h;
    QList<Failure> failures;
    for (int row = 0; row < runs.rowCount(); ++row) { // newest first
        const model::Run* run = runs.at(row);
        if (run->outcome.status == model::RunStatus::Ok || run->recordedAt < since)
            continue;
        const QString said = lastLine(run->outcome.error);
        const QString error = said.isEmpty() ? words::runStatus(run->outcome.status).text : said;
        const auto same =
            std::find_if(failures.begin(), failures.end(), [&error](const Failure& one) { return one.error == error; });
        if (same != failures.end())
            ++same->times;
        else
            failures.append({error, run, 1});
    }
    return failures;
}

} // namespace

int showProblems(QListWidget* list, const QList<model::ScriptFault>& faults, const RunsModel& runs,
                 const model::Script* script)
{
    list->clear();
    const QIcon bad = icon(u"error"_s, theme().tone(Tone::Bad));
    for (const model::ScriptFault& fault : faults) {
        auto* item = new QListWidgetItem(bad, Pages::tr("Line %1: %2").arg(fault.line).arg(fault.message), list);
        item->setData(FaultPlaceRole, QPoint(fault.column, fault.line));
    }
    int failed = 0;
    for (const Failure& one : failuresOf(runs)) {
        const QString text = Pages::tr("%1, %2, %n run(s) failed: %3", nullptr, one.times)
                                 .arg(words::moment(one.newest->at, words::zoneOf(one.newest->timeZone)),
                                      one.newest->locationName, one.error);
        auto* item = new QListWidgetItem(bad, text, list);
        item->setData(FailedRunRole, static_cast<qint64>(one.newest->id.value));
        failed += one.times;
    }
    const int known = script ? static_cast<int>(script->figures.errors) : 0;
    if (known > failed && failed == 0) // they are farther back than the runs that are loaded
        new QListWidgetItem(bad,
                            Pages::tr("%n run(s) failed in the last 24 hours; the last: %1", nullptr, known)
                                .arg(lastLine(script->figures.lastError)),
                            list);
    if (list->count() == 0)
        list->addItem(Pages::tr("No problems."));
    return static_cast<int>(faults.size()) + std::max(known, failed);
}

} // namespace cohort::console
