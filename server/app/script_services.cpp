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

QJsonObject faultJson(const engine::wire::Fault& fault)
{
    return {{QStringLiteral("file"), QString::fromStdString(fault.file)},
            {QStringLiteral("line"), fault.line},
            {QStringLiteral("column"), fault.column},
            {QStringLiteral("message"), QString::fromStdString(fault.message)}};
}

} // namespace

ScriptServices::ScriptServices(const worker::WorkerOptions& options, const QString& folder)
    : m_checker(options), m_library(libraryFolder(folder), m_checker)
{
}

Result<api::ScriptCheck> ScriptServices::check(const QString& source, const QJsonObject& helpers)
{
    std::map<std::string, std::string> modules;
    for (auto it = helpers.begin(); it != helpers.end(); ++it)
        modules[it.key().toStdString()] = it.value().toString().toStdString();
    COHORT_TRY(answer, m_checker.check(source.toStdString(), modules));
    api::ScriptCheck check;
    for (const engine::wire::Fault& fault : answer.faults)
        check.faults.append(faultJson(fault));
    if (answer.faults.empty())
        check.manifest = QJsonDocument::fromJson(QByteArray::fromStdString(answer.manifestJson));
    return check;
}

std::vector<api::LibraryScript> ScriptServices::library()
{
    std::vector<api::LibraryScript> all;
    for (scripts::ShippedScript& script : m_library.scripts())
        all.push_back({script.name, script.page, script.source, script.helpers, script.manifest});
    return all;
}

} // namespace cohort::app
