#include "server/api/operations/script_work.h"

#include <QCryptographicHash>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

Result<scripts::CheckedScript> checkSource(Call& call, const QString& source, const QMap<QString, QString>& helpers)
{
    constexpr qsizetype NameMost = 50;
    for (auto helper = helpers.begin(); helper != helpers.end(); ++helper)
        if (helper.value().size() > ScriptBytesMost || helper.key().size() > NameMost)
            return fail(ErrorCode::WrongValue,
                        u"'helpers.%1' must be a source of at most 64 KiB"_s.arg(helper.key().left(NameMost)));
    if (!call.services.check)
        return fail(ErrorCode::Unavailable, u"this server does not check scripts"_s);
    return call.services.check(source, helpers);
}

Result<model::SavedVersion> saveChecked(Call& call, const NewVersion& version, const scripts::CheckedScript& checked)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(version.source.toUtf8());
    hash.addData(
        QJsonDocument(model::JsonWriter::valueOf(version.helpers, {}).toObject()).toJson(QJsonDocument::Compact));
    return store::ScriptRepository(call.connection)
        .saveVersion({.script = version.script,
                      .base = version.base,
                      .source = version.source,
                      .helpers = version.helpers,
                      .hash = hash.result(),
                      .author = call.identity.actor(),
                      .comment = version.comment,
                      .manifest = checked.manifest,
                      .faults = checked.found.faults});
}

Result<void> requireLiveRight(const Call& call)
{
    if ((call.identity.rolesIn(call.deployment) & protocol::AdminCoordinator) == 0)
        return fail(ErrorCode::AccessDenied, u"only coordinators and admins change what runs live"_s);
    return {};
}

void noteEnded(Call& call, const store::Ended& ended)
{
    for (const auto& alert : ended.alerts)
        call.notices.emplace_back(bus::AlertChanged{alert.id, alert.deployment, alert.location});
    for (const auto& question : ended.questions)
        call.notices.emplace_back(bus::MessageChanged{question.id, question.deployment, question.participant});
    noteCommands(call, ended.commands);
    call.auditDetail.insert(QStringLiteral("endedCommands"), static_cast<qint64>(ended.commands.size()));
    call.auditDetail.insert(QStringLiteral("endedAlerts"), static_cast<qint64>(ended.alerts.size()));
    call.auditDetail.insert(QStringLiteral("endedQuestions"), static_cast<qint64>(ended.questions.size()));
}

void noteScript(Call& call, ScriptId script)
{
    call.object = u"script:%1"_s.arg(script.value);
    call.notices.emplace_back(bus::ScriptChanged{script, call.deployment});
}

Result<model::Script> changedScript(Call& call, ScriptId script)
{
    noteScript(call, script);
    return store::ScriptRepository(call.connection).find(script);
}

} // namespace cohort::api
