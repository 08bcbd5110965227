// Times on every page: with their date and the name of their zone, in the home's zone where there is a home.

#include "console/models/words.h"
#include "console/pages/data_table.h"
#include "console/resources/theme.h"
#include "tests/console/peer_window.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QRegularExpression>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

// The operator is elsewhere than the homes, which are in Berlin.
constexpr const char* Operators = "America/New_York";

QStringList cellsOf(const QAbstractItemModel* model, const QModelIndex& parent = {})
{
    QStringList texts;
    for (int row = 0; row < std::min(model->rowCount(parent), 100); ++row) {
        for (int column = 0; column < model->columnCount(parent); ++column) {
            const QModelIndex index = model->index(row, column, parent);
            texts << index.data().toString() << index.data(Qt::ToolTipRole).toString().remove(u"<span>"_s);
        }
        texts += cellsOf(model, model->index(row, 0, parent));
    }
    return texts;
}

QStringList seenOn(const QWidget* page)
{
    QStringList texts;
    for (const auto* widget : page->findChildren<QWidget*>()) {
        if (!widget->isVisible())
            continue;
        texts << widget->toolTip();
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            texts << label->text();
        else if (const auto* text = qobject_cast<const QPlainTextEdit*>(widget); text && text->isReadOnly())
            texts << text->toPlainText();
        else if (const auto* view = qobject_cast<const QAbstractItemView*>(widget); view && view->model())
            texts << cellsOf(view->model());
    }
    return texts;
}

// Each time of day with what stands around it.
QStringList timesIn(const QString& text)
{
    static const QRegularExpression times(uR"([^ (]* ?(?<!\d)\d\d:\d\d(:\d\d)?(?!\d)[^,)\n]{0,8})"_s);
    QStringList found;
    for (auto match = times.globalMatch(text); match.hasNext();)
        found.append(match.next().captured());
    return found;
}

} // namespace

class TestTimes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", Operators);
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        QCOMPARE(QTimeZone::systemTimeZoneId(), QByteArray(Operators));
        applyTheme(*qApp, ThemeChoice::Light);
    }

    void finding_F29_everyTimeOnEveryPageHasItsDateAndNamesItsZone()
    {
        static const QRegularExpression whole(uR"(^\d+/\d+/\d+ \d\d:\d\d:\d\d (CET|CEST|EST|EDT)\b)"_s);
        PeerWindow at;
        at.start();
        at.beAn(model::OperatorRole::Admin);
        int seen = 0;
        for (const QString& name : {u"overview"_s, u"deployments"_s, u"home/devices"_s, u"home/people"_s,
                                    u"home/timeline"_s, u"home/data"_s, u"alerts"_s, u"composer"_s,
                                    u"composer/editor"_s, u"messages"_s, u"server"_s, u"operators"_s, u"audit"_s}) {
            Page* page = at.enter(name);
            QVERIFY2(page, qPrintable(name));
            for (const QString& text : seenOn(&at.window())) {
                for (const QString& time : timesIn(text)) {
                    ++seen;
                    QVERIFY2(time.contains(whole), qPrintable(name + u": "_s + time + u" in "_s + text));
                    const bool ofHome = name.startsWith(u"home/"_s) || name == "alerts"_L1 || name == "messages"_L1;
                    QVERIFY2(!ofHome || time.contains(u" CE"_s), qPrintable(name + u": "_s + text));
                }
            }
        }
        QVERIFY2(seen > 20, qPrintable(QString::number(seen)));
        at.end();
    }

    void finding_F29_theOverviewTellsSinceWhenInTheHomesZone()
    {
        PeerWindow at;
        Page* page = at.open(u"overview"_s, model::OperatorRole::Admin);
        QVERIFY(page);
        const auto* table = child<DataTable>(page, u"attention"_s);
        const QModelIndex since = table->model()->index(0, 3);
        QVERIFY(since.data().toString().contains(u"ago"_s));
        QVERIFY2(since.data(Qt::ToolTipRole).toString().contains(u" CE"_s),
                 qPrintable(since.data(Qt::ToolTipRole).toString()));
        at.end();
    }

    void finding_F29_whatIsStaleSaysSinceWhenWithTheDate()
    {
        PeerWindow at;
        QVERIFY(at.open(u"overview"_s, model::OperatorRole::Admin));
        at.peer().hangUp();
        static const QRegularExpression from(uR"(from \d+/\d+/\d+ \d\d:\d\d:\d\d E[SD]T)"_s);
        QTRY_VERIFY_WITH_TIMEOUT(plainText(&at.window()).contains(from), 5000);
        at.end();
    }
};

QTEST_MAIN(TestTimes)
#include "tst_times.moc"
