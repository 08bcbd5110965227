#include "console/models/script_models.h"

#include "console/models/words.h"

#include <QLocale>

#include <chrono>

namespace cohort::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QVariant toneOf(const words::Word& word, int role)
{
    return role == ToneRole ? QVariant::fromValue(word.tone) : QVariant();
}

// Numbers stand on the right.
QVariant right(const Script&, int role)
{
    return role == Qt::TextAlignmentRole ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
}

QString versionOf(const Script& script)
{
    if (script.liveVersion > 0 && script.liveVersion != script.version)
        return Models::tr("%1, live %2").arg(script.version).arg(script.liveVersion);
    return QString::number(script.version);
}

QString homesOf(const Script& script)
{
    return script.homesWithErrors > 0
               ? Models::tr("%1, %n with errors", nullptr, script.homesWithErrors).arg(script.homes)
               : QString::number(script.homes);
}

QList<Column<Script>> scriptColumns()
{
    return {
        {QT_TRANSLATE_NOOP("Models", "Script"), [](const Script& s) { return s.name; }},
        {QT_TRANSLATE_NOOP("Models", "Status"), [](const Script& s) { return words::scriptStatus(s.status).text; },
         [](const Script& s, int role) {
             if (role == Qt::ToolTipRole)
                 return QVariant(s.lastError);
             return toneOf(words::scriptStatus(s.status), role);
         }},
        {QT_TRANSLATE_NOOP("Models", "Version"), versionOf},
        {QT_TRANSLATE_NOOP("Models", "Homes"), homesOf},
        {QT_TRANSLATE_NOOP("Models", "Runs, 24 h"), [](const Script& s) { return QLocale().toString(s.runs); }, right},
        {QT_TRANSLATE_NOOP("Models", "Effects"), [](const Script& s) { return s.effects; }, right},
        {QT_TRANSLATE_NOOP("Models", "Errors"), [](const Script& s) { return s.errors; }, right},
        {QT_TRANSLATE_NOOP("Models", "CPU"), [](const Script& s) { return words::number(s.cpuMs / 1000, 1) + u" s"_s; },
         right}};
}

QList<Column<ScriptVersion>> versionColumns()
{
    return {
        {QT_TRANSLATE_NOOP("Models", "Version"), [](const ScriptVersion& v) { return v.number; }},
        {QT_TRANSLATE_NOOP("Models", "Comment"), [](const ScriptVersion& v) { return v.comment; }},
        {QT_TRANSLATE_NOOP("Models", "Author"), [](const ScriptVersion& v) { return words::actor(v.author); }},
        {QT_TRANSLATE_NOOP("Models", "Time"), [](const ScriptVersion& v) { return words::momentHere(v.createdAt); }},
        {QT_TRANSLATE_NOOP("Models", "Check"),
         [](const ScriptVersion& v) { return v.accepted ? Models::tr("accepted") : Models::tr("refused"); },
         [](const ScriptVersion& v, int role) {
             return role == ToneRole ? QVariant::fromValue(v.accepted ? Tone::Good : Tone::Bad) : QVariant();
         }}};
}

QString outcomeOf(const ScriptRun& run)
{
    if (!run.error.isEmpty())
        return run.error.section(u'\n', -1);
    QStringList parts;
    for (const ScriptEffect& effect : run.effects)
        parts.append(words::effectKind(effect.kind));
    if (!run.because.isEmpty())
        parts.append(run.because);
    if (parts.isEmpty() && !run.log.isEmpty())
        parts.append(run.log.last());
    return parts.join(u" · "_s);
}

QList<Column<ScriptRun>> runColumns()
{
    return {{QT_TRANSLATE_NOOP("Models", "Time"), [](const ScriptRun& r) { return words::momentHere(r.at); }},
            {QT_TRANSLATE_NOOP("Models", "Home"), [](const ScriptRun& r) { return r.locationName; }},
            {QT_TRANSLATE_NOOP("Models", "Status"), [](const ScriptRun& r) { return words::runStatus(r.status).text; },
             [](const ScriptRun& r, int role) { return toneOf(words::runStatus(r.status), role); }},
            {QT_TRANSLATE_NOOP("Models", "Function"), [](const ScriptRun& r) { return r.handler; }},
            {QT_TRANSLATE_NOOP("Models", "What came of it"), outcomeOf}};
}

} // namespace

ScriptsModel::ScriptsModel(Workspace& workspace, QObject* parent)
    : RowsOf<Script>(scriptColumns(), parent), m_workspace(workspace)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(1s);
    connect(&m_settle, &QTimer::timeout, this, [this] { reload(); });
}

void ScriptsModel::show(DeploymentId deployment)
{
    m_deployment = deployment;
    m_subscription.reset();
    clear();
    if (!deployment) {
        settleEmpty();
        return;
    }
    m_subscription = m_workspace.client().subscribe(u"scripts"_s, {{u"deployment"_s, json::ofId(deployment)}});
    connect(m_subscription.get(), &Subscription::reloadNeeded, this, [this] { reload(); });
    connect(m_subscription.get(), &Subscription::failed, this, &RowsModel::failed);
    connect(m_subscription.get(), &Subscription::received, this, [this] {
        if (!m_settle.isActive())
            m_settle.start();
    });
}

QFuture<Result<Listing<Script>>> ScriptsModel::load(const Script*)
{
    return scripts::list(m_workspace.client(), m_deployment);
}

LibraryModel::LibraryModel(Workspace& workspace, QObject* parent)
    : RowsOf<LibraryScript>({{QT_TRANSLATE_NOOP("Models", "Script"),
                              [](const LibraryScript& s) { return s.title.isEmpty() ? s.name : s.title; },
                              [](const LibraryScript& s, int role) {
                                  return role == Qt::ToolTipRole ? QVariant(s.description) : QVariant();
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

QFuture<Result<Listing<LibraryScript>>> LibraryModel::load(const LibraryScript*)
{
    return scripts::library(m_workspace.client(), m_deployment);
}

qint64 LibraryModel::idOf(const LibraryScript& row) const
{
    return static_cast<qint64>(qHash(row.name) >> 1U);
}

VersionsModel::VersionsModel(Workspace& workspace, QObject* parent)
    : RowsOf<ScriptVersion>(versionColumns(), parent), m_workspace(workspace)
{
}

void VersionsModel::show(ScriptId script)
{
    m_script = script;
    clear();
    if (script)
        reload();
}

QFuture<Result<Listing<ScriptVersion>>> VersionsModel::load(const ScriptVersion*)
{
    return scripts::versions(m_workspace.client(), m_script);
}

RunsModel::RunsModel(Workspace& workspace, QObject* parent)
    : RowsOf<ScriptRun>(runColumns(), parent), m_workspace(workspace)
{
}

void RunsModel::show(ScriptId script)
{
    m_script = script;
    m_subscription.reset();
    clear();
    if (!script) {
        settleEmpty();
        return;
    }
    m_subscription = m_workspace.client().subscribe(u"runs"_s, {{u"script"_s, json::ofId(script)}});
    connect(m_subscription.get(), &Subscription::reloadNeeded, this, [this] { reload(); });
    connect(m_subscription.get(), &Subscription::failed, this, &RowsModel::failed);
    connect(m_subscription.get(), &Subscription::received, this, [this](const QJsonArray& items) {
        for (const QJsonValue& item : items) {
            const QJsonObject object = item.toObject();
            upsert(ScriptRun::fromJson(object.contains("run"_L1) ? json::object(object, "run"_L1) : object), true);
        }
    });
}

QFuture<Result<Listing<ScriptRun>>> RunsModel::load(const ScriptRun* last)
{
    return scripts::runs(m_workspace.client(), m_script, last ? last->id : RunId{});
}

QString RunsModel::description(const ScriptRun& run)
{
    QStringList lines;
    lines << Models::tr("%1 in %2, version %3").arg(run.handler, run.locationName).arg(run.version)
          << Models::tr("Home's time: %1").arg(run.at.toString(Qt::ISODateWithMs))
          << Models::tr("Trigger: %1").arg(run.trigger)
          << Models::tr("CPU: %1 ms").arg(words::number(static_cast<double>(run.cpuUs) / 1000));
    if (!run.because.isEmpty())
        lines << Models::tr("Because: %1").arg(run.because);
    for (const ScriptEffect& effect : run.effects)
        lines << u"→ "_s + words::effectKind(effect.kind) + u": "_s + effect.summary
              << (effect.refused.isEmpty() ? QString() : Models::tr("   refused: %1").arg(effect.refused));
    if (!run.log.isEmpty())
        lines << QString() << Models::tr("Log:") << run.log;
    if (!run.error.isEmpty())
        lines << QString() << run.error;
    lines.removeAll(QString(u""_s));
    return lines.join(u'\n');
}

} // namespace cohort::console
