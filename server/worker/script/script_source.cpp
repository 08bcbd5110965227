#include "server/worker/script/script_source.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace cohort::worker {
namespace {

// More than any script may have, so that the check itself says what the limit is.
constexpr qint64 MostBytes = 1'024 * 1'024;

Result<std::string> readText(const QString& file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, QStringLiteral("%1: %2").arg(file, source.errorString()));
    const QByteArray text = source.read(MostBytes + 1);
    if (text.size() > MostBytes)
        return fail(ErrorCode::TooLarge, QStringLiteral("%1: over 1 MiB").arg(file));
    return text.toStdString();
}

} // namespace

Result<ScriptSource> readScript(const QString& file)
{
    ScriptSource script;
    script.file = file;
    COHORT_TRY(source, readText(file));
    script.source = std::move(source);
    const QFileInfo info(file);
    if (info.fileName() != QLatin1String("script.py"))
        return script;
    const QStringList beside = info.dir().entryList({QStringLiteral("*.py")}, QDir::Files, QDir::Name);
    for (const QString& name : beside) {
        if (name == info.fileName())
            continue;
        COHORT_TRY(helper, readText(info.dir().filePath(name)));
        script.helpers.emplace(name.chopped(3).toStdString(), std::move(helper));
    }
    return script;
}

QString faultLine(const ScriptSource& script, const engine::wire::Fault& fault)
{
    const QFileInfo info(script.file);
    const QString file = script.helpers.contains(fault.file)
                             ? info.dir().filePath(QString::fromStdString(fault.file) + QStringLiteral(".py"))
                             : script.file;
    return QStringLiteral("%1:%2:%3: %4")
        .arg(file)
        .arg(fault.line)
        .arg(fault.column)
        .arg(QString::fromStdString(fault.message));
}

} // namespace cohort::worker
