#include "console/pages/script_menu.h"

#include "console/pages/confirm_end.h"
#include "console/pages/diff_dialog.h"
#include "console/pages/form_dialog.h"
#include "console/pages/text.h"

#include <QComboBox>
#include <QListWidget>

#include <algorithm>
#include <set>

namespace cohort::console {

using namespace Qt::StringLiterals;

QString versionBanner(int shown, const model::Script& script)
{
    if (shown == 0)
        return {};
    const bool isNewest = shown == script.version, isLive = shown == script.liveVersion;
    if (script.liveVersion == 0)
        return isNewest ? QString() : Pages::tr("Version %1; the newest is %2.").arg(shown).arg(script.version);
    if (isLive)
        return isNewest ? QString()
                        : Pages::tr("Version %1, which is live; the newest is %2.").arg(shown).arg(script.version);
    return isNewest ? Pages::tr("Version %1; live is %2.").arg(shown).arg(script.liveVersion)
                    : Pages::tr("Version %1; live is %2, the newest is %3.")
                          .arg(shown)
                          .arg(script.liveVersion)
                          .arg(script.version);
}

QString endsWithIt(const QList<model::ScriptInstance>& instances, const QList<LocationId>& homes)
{
    std::set<LocationId> places;
    model::InstanceHold all;
    for (const model::ScriptInstance& one : instances) {
        if (!homes.isEmpty() && !homes.contains(one.location))
            continue;
        places.insert(one.location);
        all.openAlerts += one.hold.openAlerts;
        all.openQuestions += one.hold.openQuestions;
        all.timers += one.hold.timers;
    }
    return QStringList{
        Pages::tr("It stops in %n home(s); what it remembers there is gone.", nullptr, static_cast<int>(places.size())),
        Pages::tr("%n open alert(s) are resolved.", nullptr, all.openAlerts),
        Pages::tr("%n question(s) without answer are taken back.", nullptr, all.openQuestions),
        Pages::tr("%n timer(s) end.", nullptr, all.timers), Pages::tr("Its facts and runs stay stored.")}
        .join(u'\n');
}

void askToPause(QWidget* parent, const model::Script& script, bool mayResume, std::function<void()> then)
{
    QStringList ends{script.liveVersion > 0
                         ? Pages::tr("It runs live: until somebody lets it go on, it raises no alert "
                                     "and asks, sends and switches nothing.")
                         : Pages::tr("It runs in shadow: until somebody lets it go on, it notes nothing."),
                     Pages::tr("What is measured meanwhile it is not told later; what it remembers stays.")};
    if (!mayResume)
        ends.append(Pages::tr("Only who coordinates the study can let it go on."));
    confirmEnd(parent,
               {Pages::tr("Pause script"),
                script.figures.homes > 0
                    ? Pages::tr("Pause “%1” in %n home(s)?", nullptr, script.figures.homes).arg(script.name)
                    : Pages::tr("Pause “%1”?").arg(script.name),
                ends.join(u'\n'), Pages::tr("Pause")},
               std::move(then));
}

ScriptMenu::ScriptMenu(Workspace& workspace, OpenScript& script, const VersionsModel& versions, NoticeBar* notices,
                       QWidget* page)
    : QMenu(page), m_workspace(workspace), m_script(script), m_versions(versions), m_notices(notices), m_page(page)
{
}

void ScriptMenu::add(const char* name, const QString& text, std::function<void()> then)
{
    QAction* action = addAction(text);
    action->setObjectName(QString::fromLatin1(name));
    connect(action, &QAction::triggered, this, std::move(then));
}

bool ScriptMenu::runs(model::ScriptMode mode) const
{
    return std::any_of(m_whole.deployments.cbegin(), m_whole.deployments.cend(),
                       [mode](const model::ScriptDeployment& one) { return one.mode == mode && !one.takenOff; });
}

// Who may not change what runs live is offered what ends shadows.
void ScriptMenu::offer(const model::ScriptDetail& whole, int shown)
{
    if (isVisible())
        return; // somebody is choosing
    m_whole = whole;
    m_shown = shown;
    clear();
    const bool may = m_workspace.mayCoordinate();
    const bool live = runs(model::ScriptMode::Live), shadow = runs(model::ScriptMode::Shadow);
    if (whole.script.version > 1)
        add("compare", Pages::tr("Compare versions…"), [this] { compare(); });
    if (may && live && whole.script.version > 1)
        add("rollBack", Pages::tr("Put another version live…"), [this] { rollBack(); });
    addSeparator();
    if ((may && live) || shadow)
        add("takeOff", Pages::tr("Take off homes…"), [this] { chooseHomes(); });
    if (may || !live)
        add("retire", Pages::tr("Retire script…"), [this] { retire(); });
}

namespace {

enum class Which { All, Accepted };

// Versions by their numbers, newest first, without those that cannot run where only `Accepted` ones are of use; `chosen` is
// shown.
QComboBox* addVersions(FormDialog* form, const char* name, const QString& label, const VersionsModel& versions,
                       Which which, int chosen)
{
    QComboBox* box = form->addChoice(name, label);
    for (int row = 0; row < versions.rowCount(); ++row) {
        const model::ScriptVersion* one = versions.at(row);
        if (which == Which::Accepted && !one->accepted)
            continue;
        box->addItem(one->comment.isEmpty() ? QString::number(one->number)
                                            : Pages::tr("%1: %2").arg(QString::number(one->number), one->comment),
                     one->number);
    }
    box->setCurrentIndex(std::max(0, box->findData(chosen)));
    return box;
}

} // namespace

void ScriptMenu::compare()
{
    auto* form = new FormDialog(Pages::tr("Compare versions"), m_whole.script.name, m_page);
    const int live = m_whole.script.liveVersion;
    const int other = live > 0 && live != m_shown ? live : std::max(1, m_shown - 1);
    auto* from = addVersions(form, "from", Pages::tr("Version"), m_versions, Which::All, std::min(other, m_shown));
    auto* to = addVersions(form, "to", Pages::tr("with version"), m_versions, Which::All, std::max(other, m_shown));
    form->ok()->setText(Pages::tr("Compare"));
    form->saveBy([this, from, to] { return m_script.compare(from->currentData().toInt(), to->currentData().toInt()); },
                 [this](const model::ScriptDiff& diff) { showDiff(diff); });
    form->open();
}

QDialog* ScriptMenu::showDiff(const model::ScriptDiff& diff)
{
    auto* dialog = new DiffDialog(m_whole.script.name, diff, m_page);
    dialog->open();
    return dialog;
}

void ScriptMenu::rollBack()
{
    auto* form =
        new FormDialog(Pages::tr("Put another version live"),
                       Pages::tr("“%1” runs live in version %2. The other takes its place in the same homes; what "
                                 "it remembers there stays, shadows stay as they are.")
                           .arg(m_whole.script.name)
                           .arg(m_whole.script.liveVersion),
                       m_page);
    auto* version = addVersions(form, "version", Pages::tr("Version"), m_versions, Which::Accepted,
                                m_shown != m_whole.script.liveVersion ? m_shown : m_whole.script.liveVersion - 1);
    form->ok()->setText(Pages::tr("Put it live"));
    form->saveBy([this, version] { return m_script.rollBack(version->currentData().toInt()); },
                 [this](const model::Script& script) { Q_EMIT changed(script); });
    form->open();
}

// The homes in which it is; all of them are checked off at first.
void ScriptMenu::chooseHomes()
{
    auto* form = new FormDialog(Pages::tr("Take off homes"),
                                Pages::tr("“%1” stays where it is checked.").arg(m_whole.script.name), m_page);
    auto* list = form->addKept("homes", Pages::tr("Homes"));
    std::set<LocationId> known;
    for (const model::ScriptInstance& one : std::as_const(m_whole.instances)) {
        const bool mine = m_workspace.mayCoordinate() || one.mode == model::ScriptMode::Shadow;
        if (!mine || !known.insert(one.location).second)
            continue;
        auto* item = new QListWidgetItem(one.locationName, list);
        item->setData(Qt::UserRole, static_cast<qint64>(one.location.value));
        item->setCheckState(Qt::Unchecked);
    }
    form->ok()->setText(Pages::tr("Next…"));
    connect(form, &FormDialog::submitted, this, [this, form, list] {
        QList<LocationId> homes;
        QStringList names;
        for (int row = 0; row < list->count(); ++row) {
            if (list->item(row)->checkState() == Qt::Checked)
                continue;
            homes.append(LocationId{list->item(row)->data(Qt::UserRole).toLongLong()});
            names.append(list->item(row)->text());
        }
        const bool all = homes.size() == list->count();
        if (homes.isEmpty() && list->count() > 0) {
            form->notices()->showText(Pages::tr("Uncheck the homes that it is taken off."), Tone::Warning);
            return;
        }
        form->accept();
        takeOff(all ? QList<LocationId>() : homes, names);
    });
    form->open();
}

void ScriptMenu::takeOff(const QList<LocationId>& homes, const QStringList& names)
{
    std::optional<model::ScriptMode> mode;
    if (!m_workspace.mayCoordinate())
        mode = model::ScriptMode::Shadow;
    const QString question =
        homes.isEmpty() ? Pages::tr("Take “%1” off all homes, also those that are made later?").arg(m_whole.script.name)
                        : Pages::tr("Take “%1” off %2?").arg(m_whole.script.name, names.join(u", "_s));
    confirmEnd(m_page,
               {Pages::tr("Take off homes"), question, endsWithIt(m_whole.instances, homes), Pages::tr("Take off")},
               [this, homes, mode, from = m_script] {
                   perform(
                       m_notices, [from, homes, mode] { return from.undeploy(homes, mode); },
                       [this](const model::Script& script) { Q_EMIT changed(script); });
               });
}

void ScriptMenu::retire()
{
    confirmEnd(m_page,
               {Pages::tr("Retire script"), Pages::tr("Retire “%1”?").arg(m_whole.script.name),
                endsWithIt(m_whole.instances, {}) + u'\n' +
                    Pages::tr("The script goes from the list, and its name can be used again. This cannot be undone."),
                Pages::tr("Retire")},
               [this, script = m_script] {
                   perform(
                       m_notices, [script] { return script.retire(); },
                       [this, script](const model::Nothing&) {
                           if (script.id() == m_script.id()) // else another is open by now
                               Q_EMIT retired();
                       });
               });
}

} // namespace cohort::console
