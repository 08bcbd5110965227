#include "console/pages/script_page.h"

#include "console/models/parameter_conflict.h"
#include "console/models/words.h"
#include "console/pages/composer_dialogs.h"
#include "console/pages/confirm_parameters.h"
#include "console/pages/parameter_form.h"
#include "console/pages/script_menu.h"
#include "console/pages/script_problems.h"
#include "console/pages/small_widgets.h"
#include "console/pages/text.h"
#include "console/pages/version_conflict.h"
#include "console/resources/theme.h"
#include "shared/model/parameter_form.h"
#include "ui_script_page.h"

#include <QHeaderView>
#include <QInputDialog>
#include <QMessageBox>
#include <QShortcut>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

// Where it is set to run, and how each home's own is.
void showHomes(QTreeWidget* homes, const model::ScriptDetail& whole)
{
    homes->clear();
    const auto add = [homes](const QStringList& columns) {
        auto* item = new QTreeWidgetItem(homes, columns);
        item->setToolTip(4, plainToolTip(columns.last()));
    };
    for (const model::ScriptDeployment& one : whole.deployments)
        add({one.location ? one.locationName : Pages::tr("All homes"), words::scriptMode(one.mode).text,
             QString::number(one.version),
             one.takenOff ? Pages::tr("taken off")
             : one.paused ? Pages::tr("paused")
                          : Pages::tr("deployed"),
             QString()});
    for (const model::ScriptInstance& one : whole.instances)
        add({one.locationName, words::scriptMode(one.mode).text, QString(), words::instanceStatus(one.status).text,
             one.detail});
    if (homes->topLevelItemCount() == 0)
        new QTreeWidgetItem(homes, {Pages::tr("Not deployed anywhere yet.")});
}

} // namespace

ScriptPage::ScriptPage(Workspace& workspace, NoticeBar* notices, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_notices(notices), m_ui(std::make_unique<Ui::ScriptPage>()),
      m_check(workspace, this), m_runs(workspace, this), m_versions(workspace, this), m_open(workspace),
      m_more(new ScriptMenu(workspace, m_open, m_versions, notices, this))
{
    m_ui->setupUi(this);
    m_form = new ParameterForm(m_ui->form);
    auto* layout = new QVBoxLayout(m_ui->form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    m_ui->splitter->setStretchFactor(0, 3);
    m_ui->splitter->setStretchFactor(1, 2);
    m_ui->splitter->setSizes({380, 220});
    setUpLists();
    setUpButtons();
    connect(m_ui->editor, &ScriptEditor::edited, this, [this] {
        m_ui->check->setState(Pages::tr("checking…"), Tone::Neutral);
        m_check.setSource(m_ui->editor->source());
    });
    connect(m_ui->editor, &ScriptEditor::changedStateChanged, this, &ScriptPage::showState);
    connect(&m_check, &ScriptCheck::checked, this,
            [this](const model::CheckResult& result) { showFaults(result.faults, result.accepted); });
    connect(&m_check, &ScriptCheck::failed, this, [this](const Error& error) {
        m_ui->check->setState(Pages::tr("not checked"), Tone::Warning);
        m_notices->showError(error, [this] { m_check.checkNow(); });
    });
}

ScriptPage::~ScriptPage() = default;

void ScriptPage::setUpLists()
{
    m_ui->runs->setRows(&m_runs, {190, 110, 120, 110, 0});
    m_ui->runs->setEmptyText(
        Pages::tr("No runs recorded"),
        Pages::tr("A run appears here when it has an effect or an error, writes a line or says why it did nothing."));
    m_ui->versions->setRows(&m_versions, {80, 0, 150, 190, 110});
    m_ui->homes->setHeaderLabels(
        {Pages::tr("Home"), Pages::tr("Mode"), Pages::tr("Version"), Pages::tr("State"), Pages::tr("Details")});
    m_ui->homes->header()->resizeSection(0, 220);
    m_ui->homes->header()->resizeSection(3, 180);
    connect(m_ui->runs, &DataTable::selected, this, [this](int row) {
        const model::Run* run = m_runs.at(row);
        m_ui->run->setPlainText(run ? RunsModel::description(*run) : QString());
    });
    for (RowsModel* model : std::initializer_list<RowsModel*>{&m_runs, &m_versions}) {
        connect(model, &RowsModel::failed, m_notices,
                [this, model](const Error& error) { m_notices->showError(error, [model] { model->reload(); }); });
    }
    connect(&m_runs, &RowsModel::loaded, this, [this] {
        m_ui->keptLines->setText(m_runs.keptLines());
        if (m_ui->runs->selectedId() == 0 && m_runs.rowCount() > 0)
            m_ui->runs->selectRow(0);
        showProblems();
    });
    connect(&m_runs, &QAbstractItemModel::rowsInserted, this, &ScriptPage::showProblems); // a run came live
    m_ui->problems->setWordWrap(true); // what a run said is longer than the page is wide
    m_ui->problems->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_ui->problems->setResizeMode(QListView::Adjust);
    connect(m_ui->problems, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        if (const qint64 run = item->data(FailedRunRole).toLongLong()) {
            m_ui->runs->selectId(run);
            m_ui->tabs->setCurrentIndex(0);
        } else if (const QVariant place = item->data(FaultPlaceRole); place.isValid()) {
            m_ui->editor->goTo(place.toPoint().y(), place.toPoint().x());
        }
    });
    const auto showVersion = [this](const model::ScriptVersionText& whole) {
        if (whole.version.script != m_open.id())
            return;
        m_ui->editor->setSource(whole.text.source);
        m_shown = whole.version.number;
        showState();
    };
    connect(m_ui->versions, &DataTable::opened, this, [this, showVersion](int row) {
        const model::ScriptVersion* version = m_versions.at(row);
        if (version && (!m_ui->editor->isChanged() || mayDropChanges()))
            perform(
                m_notices, [this, id = version->id] { return m_open.version(id); }, showVersion);
    });
}

// What is asked for names its script: Retry asks it of no other that was opened since.
void ScriptPage::setUpButtons()
{
    m_ui->back->setIcon(icon(u"back"_s));
    m_ui->save->setIcon(icon(u"save"_s));
    m_ui->deploy->setIcon(icon(u"deploy"_s, theme().onAccent));
    m_ui->pause->setIcon(icon(u"pause"_s));
    m_ui->resume->setIcon(icon(u"play"_s));
    connect(m_ui->back, &QToolButton::clicked, this, &ScriptPage::leave);
    connect(m_ui->save, &QPushButton::clicked, this, &ScriptPage::save);
    connect(new QShortcut(QKeySequence::Save, this), &QShortcut::activated, this, &ScriptPage::save);
    connect(m_ui->deploy, &QPushButton::clicked, this, &ScriptPage::deploy);
    const auto answered = [this](const model::Script& script) { takeAnswer(script); };
    m_ui->more->setMenu(m_more);
    connect(m_more, &ScriptMenu::changed, this, &ScriptPage::takeAnswer);
    connect(m_more, &ScriptMenu::retired, this, [this] {
        m_ui->editor->setUnchanged();
        m_form->setApplied(m_form->values());
        leave();
    });
    connect(m_ui->pause, &QPushButton::clicked, this, [this, answered] {
        if (m_script)
            askToPause(this, m_script->script, m_workspace.mayCoordinate(), [this, answered, script = m_open] {
                perform(
                    m_notices, [script] { return script.pause(); }, answered);
            });
    });
    connect(m_ui->resume, &QPushButton::clicked, this, [this, answered] {
        perform(
            m_notices, [script = m_open] { return script.resume(); }, answered);
    });
    connect(m_ui->applyParameters, &QPushButton::clicked, this, [this] { applyParameters(m_form->base()); });
}

void ScriptPage::applyParameters(const QJsonObject& base)
{
    const QJsonObject values = m_form->values();
    m_notices->dismiss();
    m_notices->setBusy(true);
    whenDone(this, m_open.setParameters(values, base),
             [this, values, base, turns = m_notices->turns()](const Result<model::Script>& answer) {
                 m_notices->setBusy(false);
                 const bool isHere = turns == m_notices->turns();
                 if (answer && answer->id == m_open.id())
                     m_form->setApplied(values);
                 if (answer)
                     takeAnswer(*answer);
                 else if (isHere && answer.error().code == ErrorCode::Conflict)
                     perform(
                         m_notices, [script = m_open] { return script.load(); },
                         [this](const model::ScriptDetail& whole) {
                             if (whole.script.id == m_open.id())
                                 showConflict(whole.values.all);
                         });
                 else if (isHere)
                     m_notices->showError(answer.error(), [this, base] { applyParameters(base); });
                 else
                     m_notices->showError(answer.error());
             });
}

void ScriptPage::showConflict(const QJsonObject& there)
{
    confirmParameters(
        this, m_script ? m_script->script.name : QString(), bothValues(m_form->values(), there),
        [this, there] { applyParameters(there); },
        [this] {
            m_form->setApplied(m_form->values()); // they give way
            refresh();
        });
}

void ScriptPage::open(ScriptId script)
{
    m_open.open(script);
    m_script.reset();
    m_shown = 0;
    m_faults.clear();
    m_ui->editor->setSource({});
    m_form->setParameters({}, {});
    m_ui->run->clear();
    m_ui->keptLines->clear();
    showState();
    m_runs.show(script);
    m_versions.show(script);
    perform(
        m_notices, [this] { return m_open.load(); }, [this](const model::ScriptDetail& whole) { take(whole); });
}

void ScriptPage::forget()
{
    m_open.open({});
    m_script.reset();
    m_ui->editor->setSource({});
    m_ui->run->clear();
    m_ui->homes->clear();
    m_runs.show({});
    m_versions.show({});
    showState();
}

// Nobody asked for it, so the bar keeps what it says; the list, which was loaded just now, tells of errors.
void ScriptPage::refresh()
{
    whenDone(this, m_open.load(), [this](const Result<model::ScriptDetail>& whole) {
        if (whole)
            take(*whole);
    });
}

void ScriptPage::takeAnswer(const model::Script& script)
{
    if (!m_script || script.id != m_open.id())
        return;
    m_script->script = script;
    showState();
    refresh();
}

void ScriptPage::take(const model::ScriptDetail& whole)
{
    if (whole.script.id != m_open.id())
        return;
    const bool first = !m_script;
    m_script = whole;
    if (first && !m_ui->editor->isChanged()) {
        m_ui->editor->setSource(whole.text.source);
        m_shown = whole.script.version;
        showFaults(whole.text.faults, whole.text.faults.isEmpty());
    }
    showParameters(whole);
    showHomes(m_ui->homes, whole);
    showProblems();
    showState();
}

void ScriptPage::showParameters(const model::ScriptDetail& whole)
{
    if (m_form->isChanged() ||
        (!m_form->isEmpty() && model::differingNames(whole.values.all, m_form->base()).isEmpty()))
        return;
    const auto parameters =
        whole.text.manifest ? whole.text.manifest->parameters : QMap<QString, model::ScriptParameter>();
    m_form->setParameters(parameters, whole.values.all);
    m_ui->applyParameters->setEnabled(!m_form->isEmpty());
}

void ScriptPage::showState()
{
    const bool edited = m_ui->editor->isChanged();
    m_ui->name->setText((m_script ? m_script->script.name : QString()) + (edited ? u" *"_s : QString()));
    m_ui->save->setEnabled(edited);
    m_ui->deploy->setEnabled(m_script && !edited);
    m_ui->more->setVisible(m_script.has_value());
    const QString banner = m_script ? versionBanner(m_shown, m_script->script) : QString();
    m_ui->banner->setText(banner);
    m_ui->banner->setVisible(!banner.isEmpty());
    if (!m_script) {
        m_ui->status->setState({}, Tone::Neutral);
        m_ui->pause->hide();
        m_ui->resume->hide();
        return;
    }
    const model::ScriptStatus status = m_script->script.status;
    const words::Word word = ScriptsModel::stateOf(m_script->script);
    m_ui->status->setState(word.text, word.tone);
    const bool stopped = ScriptsModel::canResume(status);
    m_ui->pause->setVisible(!stopped && ScriptsModel::canPause(status));
    m_ui->resume->setVisible(stopped && m_workspace.mayCoordinate());
    m_more->offer(*m_script, m_shown);
}

void ScriptPage::showProblems()
{
    const int count = console::showProblems(m_ui->problems, m_faults, m_runs, m_script ? &m_script->script : nullptr);
    m_ui->tabs->setTabText(m_ui->tabs->indexOf(m_ui->problemsTab),
                           count == 0 ? Pages::tr("Problems") : Pages::tr("Problems (%1)").arg(count));
}

void ScriptPage::showFaults(const QList<model::ScriptFault>& faults, bool accepted)
{
    m_faults = faults;
    m_ui->editor->showFaults(faults);
    showProblems();
    m_ui->check->setState(accepted ? Pages::tr("accepted")
                                   : Pages::tr("%n problem(s)", nullptr, static_cast<int>(faults.size())),
                          accepted ? Tone::Good : Tone::Bad);
}

void ScriptPage::save()
{
    if (!m_ui->editor->isChanged())
        return;
    bool ok = false;
    const QString comment = QInputDialog::getText(this, Pages::tr("Save version"), Pages::tr("What changed:"),
                                                  QLineEdit::Normal, QString(), &ok);
    if (!ok)
        return;
    saveOn(m_open, m_shown, {m_ui->editor->source(), comment});
}

// The base is the version that the text came from, whatever is the newest by now: nobody's version goes silently.
void ScriptPage::saveOn(const OpenScript& script, int base, const Written& written)
{
    m_notices->dismiss();
    m_notices->setBusy(true);
    whenDone(this, script.save(written.source, written.comment, base),
             [this, script, base, written, shown = m_shown,
              turns = m_notices->turns()](const Result<model::SavedVersion>& answer) {
                 m_notices->setBusy(false);
                 const bool isOpen = script.id() == m_open.id();
                 if (answer && isOpen)
                     saved(written.source, shown, *answer);
                 else if (!answer && isOpen && answer.error().code == ErrorCode::Conflict)
                     askAboutNewer(base, written, answer.error());
                 else if (!answer && turns == m_notices->turns())
                     m_notices->showError(answer.error(),
                                          [this, script, base, written] { saveOn(script, base, written); });
                 else if (!answer)
                     m_notices->showError(answer.error());
             });
}

void ScriptPage::askAboutNewer(int base, const Written& written, const Error& error)
{
    perform(
        m_notices, [script = m_open] { return script.load(); },
        [this, base, written, error](const model::ScriptDetail& whole) {
            if (whole.script.id != m_open.id())
                return;
            take(whole);
            m_versions.reload();
            const int newest = whole.script.version;
            if (newest == base)
                return m_notices->showError(error); // of something else
            const auto compare = [this, script = m_open, base, newest, written, error] {
                perform(
                    m_notices, [script, base, newest] { return script.compare(base, newest); },
                    [this, base, written, error](const model::ScriptDiff& diff) {
                        connect(m_more->showDiff(diff), &QDialog::finished, this,
                                [this, base, written, error] { askAboutNewer(base, written, error); });
                    });
            };
            askOfNewer(this, {whole.script.name, base, newest}, compare,
                       [this, script = m_open, newest, written] { saveOn(script, newest, written); });
        });
}

void ScriptPage::saved(const QString& source, int shown, const model::SavedVersion& version)
{
    if (m_script)
        m_script->script.version = version.number;
    if (m_ui->editor->source() == source) {
        m_ui->editor->setUnchanged();
        showFaults(version.faults, version.accepted);
    }
    if (m_shown == shown) // else another version was opened meanwhile
        m_shown = version.number;
    m_versions.reload();
    m_notices->showText(
        version.accepted
            ? Pages::tr("Version %1 is saved.").arg(version.number)
            : Pages::tr("Version %1 is saved, but the check refused it: it cannot be deployed.").arg(version.number),
        version.accepted ? Tone::Good : Tone::Warning);
    showState();
}

void ScriptPage::deploy()
{
    perform(
        m_notices, [this] { return m_open.homes(); },
        [this, script = m_open.id()](const Listing<model::Location>& homes) {
            if (script != m_open.id())
                return; // another one is open by now, or none
            const QString name = m_script ? m_script->script.name : QString();
            auto* dialog = new DeployDialog(name, homes.items, m_workspace.mayCoordinate(), this);
            nameStudy(*dialog, deploymentName(m_workspace));
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(dialog, &QDialog::accepted, this, [this, dialog] {
                perform(
                    m_notices,
                    [script = m_open, homes = dialog->locations(), mode = dialog->mode()] {
                        return script.deploy(homes, mode);
                    },
                    [this](const model::Script& deployed) { takeAnswer(deployed); });
            });
            dialog->open();
        });
}

std::optional<Unsaved> ScriptPage::unsaved() const
{
    if (!m_script || !(m_ui->editor->isChanged() || m_form->isChanged()))
        return std::nullopt;
    if (!m_ui->editor->isChanged()) {
        const auto apply = [script = m_open, values = m_form->values(), base = m_form->base()] {
            return script.setParameters(values, base).then([](const Result<model::Script>& applied) -> Result<void> {
                return applied ? Result<void>() : fail(applied.error());
            });
        };
        return Unsaved{Pages::tr("The parameters of “%1” are changed and not applied.").arg(m_script->script.name),
                       Pages::tr("Apply to all homes"),
                       apply,
                       {}};
    }
    const auto keep = [this] {
        return m_open.save(m_ui->editor->source(), {}, m_shown)
            .then([](const Result<model::SavedVersion>& saved) -> Result<void> {
                return saved ? Result<void>() : fail(saved.error());
            });
    };
    return Unsaved{Pages::tr("The script “%1” has changes that are not saved.").arg(m_script->script.name),
                   Pages::tr("Save version"),
                   keep,
                   {}};
}

bool ScriptPage::mayDropChanges()
{
    const bool edited = m_ui->editor->isChanged();
    if (!edited && !m_form->isChanged())
        return true;
    const QString question = edited ? Pages::tr("Leave without saving a version? The changes are lost.")
                                    : Pages::tr("Leave without applying the parameters? The changes are lost.");
    const bool may = QMessageBox::question(this, Pages::tr("Unsaved changes"), question) == QMessageBox::Yes;
    if (may)
        m_form->setApplied(m_form->values()); // asked once
    return may;
}

void ScriptPage::leave()
{
    if (!mayDropChanges())
        return;
    m_runs.show({});
    Q_EMIT closed();
}

} // namespace cohort::console
