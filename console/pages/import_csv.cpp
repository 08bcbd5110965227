#include "console/pages/import_csv.h"

#include "console/models/words.h"
#include "console/pages/perform.h"
#include "console/pages/text.h"
#include "shared/base/limits.h"
#include "shared/base/utf8.h"

#include <QFile>
#include <QFileDialog>
#include <QMessageBox>
#include <QtConcurrentRun>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

// Runs in the pool; says what is wrong.
Result<QString> readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unavailable, Pages::tr("“%1” cannot be read: %2").arg(path, file.errorString()));
    if (file.size() > ImportCharactersMost)
        return fail(ErrorCode::WrongValue,
                    Pages::tr("“%1” is larger than 3.5 MB: split it, each part with the first line.").arg(path));
    const QByteArray text = file.readAll();
    if (!isUtf8({text.constData(), static_cast<std::size_t>(text.size())}))
        return fail(ErrorCode::WrongValue,
                    Pages::tr("“%1” is not UTF-8: save it as UTF-8 and import it again.").arg(path));
    return QString::fromUtf8(text);
}

// Read in is only what was taken.
QString titleOf(const model::ImportReport& report, const QString& home)
{
    if (report.refusedCount == 0)
        return Pages::tr("Imported into %1").arg(home);
    return report.stored + report.already + report.noValue > 0 ? Pages::tr("Imported into %1 in part").arg(home)
                                                               : Pages::tr("Nothing imported into %1").arg(home);
}

// The lines that were refused are listed where they can be read and copied.
void showReport(const model::ImportReport& report, const model::Location& home, QWidget* parent)
{
    QStringList lines;
    for (const model::RefusedLine& line : report.refused)
        lines.append(Pages::tr("Line %1: %2").arg(QString::number(line.line), words::importRefusal(line.reason)));
    QString said = Pages::tr("New: %1. There before: %2. Refused: %3.")
                       .arg(report.stored)
                       .arg(report.already)
                       .arg(report.refusedCount);
    if (report.noValue > 0)
        said += u' ' + Pages::tr("Without a value: %1.").arg(report.noValue);
    if (report.refusedCount > lines.size())
        said += u'\n' + Pages::tr("The first %1 of those that were refused are listed.").arg(lines.size());
    auto* box = new QMessageBox(lines.isEmpty() ? QMessageBox::Information : QMessageBox::Warning,
                                titleOf(report, home.name), said, QMessageBox::Close, parent);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    if (!lines.isEmpty())
        box->setDetailedText(lines.join(u'\n'));
    box->open();
}

} // namespace

void importCsv(Workspace& workspace, const model::Location& home, NoticeBar* notices, QWidget* parent)
{
    const QString path = QFileDialog::getOpenFileName(parent, Pages::tr("Import CSV into %1").arg(home.name), QString(),
                                                      Pages::tr("CSV (*.csv)"));
    if (!path.isEmpty())
        importCsvFrom(path, workspace, home, notices, parent);
}

void importCsvFrom(const QString& path, Workspace& workspace, const model::Location& home, NoticeBar* notices,
                   QWidget* parent)
{
    perform(
        notices, [path] { return QtConcurrent::run([path] { return readFile(path); }); },
        [&workspace, home, notices, parent](const QString& csv) {
            perform(
                notices, [&workspace, id = home.id, csv] { return Upkeep(workspace).import(id, csv); },
                [home, parent](const model::ImportReport& report) { showReport(report, home, parent); });
        });
}

} // namespace cohort::console
