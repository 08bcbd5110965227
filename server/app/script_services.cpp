#include "server/app/script_services.h"

#include <QCoreApplication>
#include <QDir>

namespace cohort::app {

namespace {

QString libraryFolder(const QString& given)
{
    if (!given.isEmpty())
        return given;
    const QString installed = QCoreApplication::applicationDirPath() + QStringLiteral("/../share/cohort/library");
    return QDir(installed).exists() ? installed : QStringLiteral(COHORT_LIBRARY_DIR);
}

} // namespace

ScriptServices::ScriptServices(const worker::WorkerOptions& options, const QString& folder)
    : m_checker(options), m_library(libraryFolder(folder), m_checker)
{
}

Result<scripts::CheckedScript> ScriptServices::check(const QString& source, const QMap<QString, QString>& helpers)
{
    std::map<std::string, std::string> modules;
    for (auto it = helpers.begin(); it != helpers.end(); ++it)
        modules[it.key().toStdString()] = it.value().toStdString();
    COHORT_TRY(answer, m_checker.check(source.toStdString(), modules));
    return scripts::checkedScript(answer);
}

} // namespace cohort::app
