#include "console/models/script_models.h"

#include "console/models/words.h"
#include "shared/protocol/notification.h"

#include <QLocale>
#include <QPointer>

#include <chrono>

namespace cohort::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int RunsAtOnce = 200;

QVariant toneOf(const words::Word& word, int role)
{
    return role == ToneRole ? QVariant::fromValue(word.tone) : QVariant();
}

// Numbers stand on the right.
QVariant right(const model::Script&, int role)
{
    return role == Qt::TextAlignmentRole ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
}

QString versionOf(const model::Script& script)
{
    if (script.liveVersion > 0 && script.liveVersion != script.version)
        return Models::tr("%1, live %2").arg(script.version).arg(script.liveVersion);
    return QString::number(script.version);
}

QString homesOf(const model::Script& script)
{
    return script.figures.homesWithErrors > 0
               ? Models::tr("%1, %n with errors", nullptr, script.figures.homesWithErrors).arg(script.figures.homes)
               : QString::number(script.figures.homes);
}

QList<Column<model::Script>> scriptColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Script"), [](const model::Script& s) { return s.name; }},
            {QT_TRANSLATE_NOOP("Models", "Status"),
             [](const model::Script& s) { return ScriptsModel::stateOf(s).text; },
             [](const model::Script& s, int role) {
                 if (role == Qt::ToolTipRole)
                     return QVariant(s.figures.lastError);
                 return toneOf(ScriptsModel::stateOf(s), role);
             }},
            {QT_TRANSLATE_NOOP("Models", "Version"), versionOf},
            {QT_TRANSLATE_NOOP("Models", "Homes"), homesOf},
            {QT_TRANSLATE_NOOP("Models", "Runs, 24 h"),
             [](const model::Script& s) { return QLocale().toString(s.figures.runs); }, right},
            {QT_TRANSLATE_NOOP("Models", "Effects"), [](const model::Script& s) { return s.figures.effects; }, right},
            {QT_TRANSLATE_NOOP("Models", "Errors"), [](const model::Script& s) { return s.figures.errors; }, right},
            {QT_TRANSLATE_NOOP("Models", "CPU"),
             [](const model::Script& s) { return words::number(s.figures.cpuMs / 1000, 1) + u" s"_s; }, right}};
}

QList<Column<model::ScriptVersion>> versionColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Version"), [](const model::ScriptVersion& v) { return v.number; }},
            {QT_TRANSLATE_NOOP("Models", "Comment"), [](const model::ScriptVersion& v) { return v.comment; }},
            {QT_TRANSLATE_NOOP("Models", "Author"),
             [](const model::ScriptVersion& v) { return words::actor(v.author, v.authorName); }},
            {QT_TRANSLATE_NOOP("Models", "Time"),
             [](const model::ScriptVersion& v) { return words::momentHere(v.createdAt); }},
            {QT_TRANSLATE_NOOP("Models", "Check"),
             [](const model::ScriptVersion& v) { return v.accepted ? Models::tr("accepted") : Models::tr("refused"); },
             [](const model::ScriptVersion& v, int role) {
                 return role == ToneRole ? QVariant::fromValue(v.accepted ? Tone::Good : Tone::Bad) : QVariant();
             }}};
}

QString outcomeOf(const model::Run& run)
{
    if (!run.outcome.error.isEmpty())
        return run.outcome.error.section(u'\n', -1, -1, QString::SectionSkipEmpty);
    QStringList parts;
    for (const model::Effect& effect : run.outcome.effects)
        parts.append(words::effectKind(effect.kind));
    if (!run.outcome.because.isEmpty())
        parts.append(run.outcome.because);
    if (parts.isEmpty() && !run.outcome.log.isEmpty())
        parts.append(run.outcome.log.last());
    return parts.join(u" · "_s);
}

QList<Column<model::Run>> runColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Time"),
             [](const model::Run& r) { return words::moment(r.at, words::zoneOf(r.timeZone)); }},
            {QT_TRANSLATE_NOOP("Models", "Home"), [](const model::Run& r) { return r.locationName; }},
            {QT_TRANSLATE_NOOP("Models", "Status"),
             [](const model::Run& r) { return words::runStatus(r.outcome.status).text; },
             [](const model::Run& r, int role) { return toneOf(words::runStatus(r.outcome.status), role); }},
            {QT_TRANSLATE_NOOP("Models", "Function"), [](const model::Run& r) { return r.handler; }},
            {QT_TRANSLATE_NOOP("Models", "What came of it"), outcomeOf}};
}

} // namespace

ScriptsModel::ScriptsModel(Workspace& workspace, QObject* parent)
    : RowsOf<model::Script>(scriptColumns(), parent), m_workspace(workspace)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(1s);
    connect(&m_settle, &QTimer::timeout, this, [this] { reload(); });
}

void ScriptsModel::show(DeploymentId deployment)
{
    m_deployment = deployment;
    m_subscription.reset();
    m_settle.stop();
    clear();
    if (!deployment) {
        settleEmpty();
        return;
    }
    m_subscription =
        subscribe<protocol::ScriptChanged>(m_workspace.client(), filterBy(deployment), this, [this](const auto&) {
            if (!m_settle.isActive())
                m_settle.start();
        });
    follow(*m_subscription);
}

words::Word ScriptsModel::stateOf(const model::Script& script)
{
    const words::Word word = words::scriptStatus(script.status);
    const bool runs = script.status == model::ScriptStatus::Live || script.status == model::ScriptStatus::Shadow;
    if (!runs || script.figures.errors == 0)
        return word;
    return {Models::tr("%1, %n failed", nullptr, static_cast<int>(script.figures.errors)).arg(word.text),
            Tone::Warning};
}

bool ScriptsModel::canPause(model::ScriptStatus status)
{
    switch (status) {
    case model::ScriptStatus::Live:
    case model::ScriptStatus::Shadow:
    case model::ScriptStatus::Errors:
        return true;
    case model::ScriptStatus::Draft:
    case model::ScriptStatus::Paused:
        break;
    }
    return false;
}

bool ScriptsModel::canResume(model::ScriptStatus status)
{
    switch (status) {
    case model::ScriptStatus::Paused:
    case model::ScriptStatus::Errors:
        return true;
    case model::ScriptStatus::Draft:
    case model::ScriptStatus::Live:
    case model::ScriptStatus::Shadow:
        break;
    }
    return false;
}

QFuture<Result<model::CreatedScript>> ScriptsModel::create(const QString& name, const QString& source)
{
    protocol::ScriptCreate wanted;
    wanted.deployment = m_workspace.deployment();
    wanted.name = name;
    wanted.source = source;
    return call(m_workspace.client(), wanted);
}

QFuture<Result<model::Script>> ScriptsModel::pause(ScriptId id)
{
    return call(m_workspace.client(), protocol::ScriptPause{id, {}});
}

QFuture<Result<model::Script>> ScriptsModel::resume(ScriptId id)
{
    return call(m_workspace.client(), protocol::ScriptResume{id, {}});
}

QFuture<Result<Listing<model::Script>>> ScriptsModel::load(const model::Script* last)
{
    protocol::ScriptList wanted;
    wanted.deployment = m_deployment;
    if (last)
        wanted.after = last->id;
    return call(m_workspace.client(), wanted);
}

LibraryModel::LibraryModel(Workspace& workspace, QObject* parent)
    : RowsOf<model::LibraryScript>(
          {{QT_TRANSLATE_NOOP("Models", "Script"),
            [](const model::LibraryScript& s) { return s.manifest.title.isEmpty() ? s.name : s.manifest.title; },
            [](const model::LibraryScript& s, int role) {
                return role == Qt::ToolTipRole ? QVariant(s.manifest.description) : QVariant();
            }}},
          parent),
      m_workspace(workspace)
{
}

void LibraryModel::show(DeploymentId deployment)
{
    m_deployment = deployment;
    clear();
    reload();
}

QFuture<Result<Listing<model::LibraryScript>>> LibraryModel::load(const model::LibraryScript*)
{
    const protocol::LibraryList wanted{m_deployment ? std::optional(m_deployment) : std::nullopt};
    return call(m_workspace.client(), wanted);
}

QFuture<Result<model::Script>> LibraryModel::install(const protocol::LibraryInstall& wanted)
{
    return call(m_workspace.client(), wanted);
}

qint64 LibraryModel::idOf(const model::LibraryScript& row) const
{
    return static_cast<qint64>(qHash(row.name) >> 1U);
}

VersionsModel::VersionsModel(Workspace& workspace, QObject* parent)
    : RowsOf<model::ScriptVersion>(versionColumns(), parent), m_workspace(workspace)
{
}

void VersionsModel::show(ScriptId script)
{
    m_script = script;
    clear();
    if (script)
        reload();
}

QFuture<Result<Listing<model::ScriptVersion>>> VersionsModel::load(const model::ScriptVersion*)
{
    return call(m_workspace.client(), protocol::ScriptVersions{m_script});
}

RunsModel::RunsModel(Workspace& workspace, QObject* parent)
    : RowsOf<model::Run>(runColumns(), parent), m_workspace(workspace)
{
}

void RunsModel::show(ScriptId script)
{
    m_script = script;
    m_logLinesMost = 0;
    m_subscription.reset();
    clear();
    if (!script) {
        settleEmpty();
        return;
    }
    m_subscription = subscribe<protocol::RunRecorded>(m_workspace.client(), filterBy(script), this,
                                                      [this](const QList<protocol::RunRecorded>& items) {
                                                          for (const protocol::RunRecorded& item : items)
                                                              upsert(item.run, true);
                                                      });
    follow(*m_subscription);
}

QFuture<Result<Listing<model::Run>>> RunsModel::load(const model::Run* last)
{
    protocol::ScriptRuns wanted;
    wanted.id = m_script;
    wanted.limit = RunsAtOnce;
    if (last)
        wanted.before = last->id;
    const QPointer<RunsModel> self(this);
    return call(m_workspace.client(), wanted)
        .then([self, asked = m_script](const Result<model::RunPage>& answer) -> Result<Listing<model::Run>> {
            if (!answer)
                return fail(answer.error());
            if (self && self->m_script == asked) { // else another is looked at now
                self->m_logLines = answer->logLines;
                self->m_logLinesMost = answer->logLinesMost;
            }
            return Listing<model::Run>{answer->items, answer->more};
        });
}

QString RunsModel::keptLines() const
{
    if (m_logLinesMost == 0)
        return {};
    return Models::tr("Runs that did nothing, wrote nothing and gave no reason are counted, and not listed here.") +
           u' ' +
           Models::tr("The last %1 lines of log of each home are kept. Lines of all homes when this was loaded: %2.")
               .arg(QLocale().toString(m_logLinesMost), QLocale().toString(m_logLines));
}

QString RunsModel::description(const model::Run& run)
{
    QStringList lines;
    lines << Models::tr("%1 in %2, version %3").arg(run.handler, run.locationName, QString::number(run.version))
          << Models::tr("Home's time: %1").arg(words::moment(run.at, words::zoneOf(run.timeZone)))
          << Models::tr("Trigger: %1").arg(words::line(run.trigger))
          << Models::tr("CPU: %1 ms").arg(words::number(static_cast<double>(run.outcome.cpuUs) / 1000));
    if (!run.outcome.because.isEmpty())
        lines << Models::tr("Because: %1").arg(run.outcome.because);
    for (const model::Effect& effect : run.outcome.effects) {
        lines << u"→ "_s + words::effectKind(effect.kind) + u": "_s + words::line(effect.payload);
        if (!effect.refused.isEmpty())
            lines << Models::tr("   refused: %1").arg(effect.refused);
    }
    if (!run.outcome.log.isEmpty())
        lines << QString() << Models::tr("Log:") << run.outcome.log;
    if (!run.outcome.error.isEmpty())
        lines << QString() << run.outcome.error;
    return lines.join(u'\n');
}

} // namespace cohort::console
