#include "server/scripts/script_library.h"

#include "shared/base/log.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>

namespace cohort::scripts {

namespace {

constexpr qint64 LongestFile = 256 * 1024;

QString fileText(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(LongestFile)) : QString();
}

bool fits(const engine::DeviceInfo& device, const engine::Trigger& trigger)
{
    return (!trigger.use || *trigger.use == device.use) && (!trigger.room || *trigger.room == device.room) &&
           (!trigger.type || *trigger.type == device.type);
}

QString needOf(const engine::Trigger& trigger)
{
    QStringList parts;
    if (trigger.use)
        parts.append(QStringLiteral("used as '%1'").arg(QString::fromStdString(*trigger.use)));
    if (trigger.type)
        parts.append(QStringLiteral("of type %1").arg(*trigger.type));
    if (trigger.room)
        parts.append(QStringLiteral("in a room of kind '%1'").arg(QString::fromStdString(*trigger.room)));
    return QStringLiteral("a device %1").arg(parts.join(QLatin1Char(' ')));
}

} // namespace

std::vector<QString> missingIn(const engine::HomeInfo& home, const engine::Manifest& manifest)
{
    std::vector<QString> missing;
    for (const engine::Trigger& trigger : manifest.triggers) {
        if (!trigger.use && !trigger.room && !trigger.type)
            continue;
        const bool found = std::any_of(home.devices.begin(), home.devices.end(),
                                       [&](const engine::DeviceInfo& device) { return fits(device, trigger); });
        const QString need = needOf(trigger);
        if (!found && std::find(missing.begin(), missing.end(), need) == missing.end())
            missing.push_back(need);
    }
    return missing;
}

std::optional<ShippedScript> ScriptLibrary::read(const QString& name)
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
    auto checked = m_checker.check(script.source.toStdString(), helpers);
    if (!checked || !checked->faults.empty()) {
        const QString why =
            !checked ? checked.error().message() : QString::fromStdString(checked->faults.front().message);
        log(LogLevel::Warning, "library-script-refused", {{"name", name}, {"reason", why}});
        return std::nullopt;
    }
    script.manifest = QJsonDocument::fromJson(QByteArray::fromStdString(checked->manifestJson)).object();
    return script;
}

std::vector<ShippedScript> ScriptLibrary::scripts()
{
    const std::lock_guard lock(m_mutex);
    if (m_scripts)
        return *m_scripts;
    std::vector<ShippedScript> all;
    for (const QString& name : QDir(m_folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (!QFile::exists(m_folder + QLatin1Char('/') + name + QStringLiteral("/script.py")))
            continue;
        if (auto script = read(name))
            all.push_back(std::move(*script));
    }
    m_scripts = all;
    return all;
}

} // namespace cohort::scripts
