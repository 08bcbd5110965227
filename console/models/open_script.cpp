#include "console/models/open_script.h"

namespace cohort::console {

QFuture<Result<model::ScriptDetail>> OpenScript::load() const
{
    return call(m_workspace.client(), protocol::ScriptGet{m_id});
}

QFuture<Result<model::ScriptVersionText>> OpenScript::version(VersionId version) const
{
    return call(m_workspace.client(), protocol::ScriptVersionGet{version});
}

QFuture<Result<model::SavedVersion>> OpenScript::save(const QString& source, const QString& comment,
                                                      int baseVersion) const
{
    protocol::ScriptSaveVersion wanted;
    wanted.id = m_id;
    wanted.source = source;
    wanted.comment = comment;
    if (baseVersion > 0)
        wanted.baseVersion = baseVersion;
    return call(m_workspace.client(), wanted);
}

QFuture<Result<model::Script>> OpenScript::deploy(const QList<LocationId>& homes, model::ScriptMode mode) const
{
    protocol::ScriptDeploy wanted;
    wanted.id = m_id;
    wanted.mode = mode;
    if (!homes.isEmpty())
        wanted.locations = homes;
    return call(m_workspace.client(), wanted);
}

QFuture<Result<model::Script>> OpenScript::pause() const
{
    return call(m_workspace.client(), protocol::ScriptPause{m_id, {}});
}

QFuture<Result<model::Script>> OpenScript::resume() const
{
    return call(m_workspace.client(), protocol::ScriptResume{m_id, {}});
}

QFuture<Result<model::Script>> OpenScript::rollBack(int version) const
{
    return call(m_workspace.client(), protocol::ScriptRollback{m_id, version});
}

QFuture<Result<model::Script>> OpenScript::undeploy(const QList<LocationId>& homes,
                                                    const std::optional<model::ScriptMode>& mode) const
{
    protocol::ScriptUndeploy wanted{m_id, {}, mode};
    if (!homes.isEmpty())
        wanted.locations = homes;
    return call(m_workspace.client(), wanted);
}

QFuture<Result<model::Nothing>> OpenScript::retire() const
{
    return call(m_workspace.client(), protocol::ScriptRetire{m_id});
}

QFuture<Result<model::ScriptDiff>> OpenScript::compare(int from, int to) const
{
    return call(m_workspace.client(), protocol::ScriptDiff{m_id, from, to});
}

QFuture<Result<model::Script>> OpenScript::setParameters(const QJsonObject& values, const QJsonObject& base) const
{
    return call(m_workspace.client(), protocol::ScriptSetParameters{m_id, {}, values, base});
}

QFuture<Result<Listing<model::Location>>> OpenScript::homes() const
{
    return m_workspace.community().homes(m_workspace.deployment());
}

} // namespace cohort::console
