#include "server/scripts/script_library.h"

#include "shared/base/log.h"

#include <QDir>
#include <QFile>

namespace cohort::scripts {

namespace {

constexpr qint64 LongestFile = 256 * 1024;

QString fileText(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(LongestFile)) : QString();
}

} // namespace

Result<std::optional<ShippedScript>> ScriptLibrary::read(const QString& name)
{
    const QDir folder(m_folder + QLatin1Char('/') + name);
    ShippedScript script;
    script.name = name;
    script.source = fileText(folder.filePath(QStringLiteral("script.py")));
    script.page = fileText(folder.filePath(QStringLiteral("page.md")));
    std::map<std::string, std::string> helpers;
    for (const QString& file : folder.entryList({QStringLiteral("*.py")}, QDir::Files, QDir::Name)) {
        const QString module = file.chopped(3);
        if (module == QLatin1String("script") || module.startsWith(QLatin1String("test_")))
            continue;
        const QString text = fileText(folder.filePath(file));
        script.helpers.insert(module, text);
        helpers[module.toStdString()] = text.toStdString();
    }
    QString why;
    if (const auto answer = m_checker.check(script.source.toStdString(), helpers))
        script.checked = checkedScript(*answer);
    else if (errorInfo(answer.error().code).retry != Retry::No)
        return fail(answer.error());
    else
        why = answer.error().message();
    if (script.checked.found.accepted)
        return std::optional(std::move(script));
    if (!script.checked.found.faults.isEmpty())
        why = script.checked.found.faults.first().message;
    log(LogLevel::Warning, "library-script-refused", {{"name", name}, {"reason", why}});
    return std::optional<ShippedScript>();
}

std::vector<ShippedScript> ScriptLibrary::scripts()
{
    const std::lock_guard lock(m_mutex);
    if (m_scripts)
        return *m_scripts;
    std::vector<ShippedScript> all;
    bool complete = true;
    for (const QString& name : QDir(m_folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (!QFile::exists(m_folder + QLatin1Char('/') + name + QStringLiteral("/script.py")))
            continue;
        auto script = read(name);
        if (!script) {
            log(LogLevel::Warning, "library-script-not-checked",
                {{"name", name}, {"reason", script.error().message()}});
            complete = false;
        } else if (*script) {
            all.push_back(std::move(**script));
        }
    }
    if (complete)
        m_scripts = all;
    return all;
}

} // namespace cohort::scripts
