#include "console/pages/composer_dialogs.h"

#include "console/models/words.h"
#include "console/pages/parameter_form.h"
#include "console/pages/perform.h"
#include "console/pages/small_widgets.h"
#include "console/pages/text.h"
#include "ui_deploy_dialog.h"
#include "ui_library_dialog.h"

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

QList<LocationId> checkedHomes(const QListWidget* list)
{
    QList<LocationId> homes;
    for (int i = 0; i < list->count(); ++i) {
        if (list->item(i)->checkState() == Qt::Checked)
            homes.append(LocationId{list->item(i)->data(Qt::UserRole).toLongLong()});
    }
    return homes;
}

void addHome(QListWidget* list, const QString& text, LocationId id, bool checked)
{
    auto* item = new QListWidgetItem(text, list);
    item->setData(Qt::UserRole, static_cast<qint64>(id.value));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
    item->setCheckState(checked ? Qt::Checked : Qt::Unchecked);
}

} // namespace

LibraryDialog::LibraryDialog(Workspace& workspace, QWidget* parent)
    : QDialog(parent), m_workspace(workspace), m_ui(std::make_unique<Ui::LibraryDialog>()), m_model(workspace, this)
{
    m_ui->setupUi(this);
    resize(920, 620);
    m_form = new ParameterForm(m_ui->form);
    auto* layout = new QVBoxLayout(m_ui->form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    m_ui->scripts->setModel(&m_model);
    m_ui->page->setOpenLinks(false);
    connect(m_ui->scripts->selectionModel(), &QItemSelectionModel::currentChanged, this, &LibraryDialog::showChoice);
    connect(m_ui->allHomes, &QCheckBox::toggled, m_ui->homes, &QWidget::setDisabled);
    m_ui->homes->setDisabled(true);
    connect(m_ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->install, &QPushButton::clicked, this, &LibraryDialog::install);
    connect(&m_model, &RowsModel::loadingChanged, m_ui->noticeBar, &NoticeBar::setBusy);
    connect(&m_model, &RowsModel::failed, m_ui->noticeBar,
            [this](const Error& error) { m_ui->noticeBar->showError(error, [this] { m_model.reload(); }); });
    connect(&m_model, &RowsModel::loaded, this, [this] {
        if (!m_ui->scripts->currentIndex().isValid())
            m_ui->scripts->setCurrentIndex(m_model.index(0, 0));
    });
    if (!workspace.mayCoordinate())
        m_ui->hint->setText(Pages::tr("Installed as a draft: a coordinator takes it live."));
    showChoice();
    m_model.show(workspace.deployment());
}

LibraryDialog::~LibraryDialog() = default;

void LibraryDialog::showChoice()
{
    const model::LibraryScript* script = m_model.at(m_ui->scripts->currentIndex());
    m_ui->area->setVisible(script != nullptr);
    m_ui->install->setEnabled(script != nullptr);
    if (!script)
        return;
    m_ui->scriptTitle->setText(script->manifest.title.isEmpty() ? script->name : script->manifest.title);
    m_ui->description->setText(script->manifest.description);
    m_form->setParameters(script->manifest.parameters, {});
    m_ui->settingsTitle->setVisible(!m_form->isEmpty());
    m_ui->page->setMarkdown(script->page); // ships with the server: not people's text
    m_ui->page->setVisible(!script->page.isEmpty());
    m_ui->aboutTitle->setVisible(!script->page.isEmpty());
    showHomes();
}

void LibraryDialog::showHomes()
{
    const model::LibraryScript* script = m_model.at(m_ui->scripts->currentIndex());
    m_ui->homes->clear();
    for (const model::Suitability& home : script->homes) {
        const QString text = home.suitable ? Pages::tr("%1: has all that is needed").arg(home.name)
                                           : Pages::tr("%1: lacks %2").arg(home.name, home.missing.join(u", "_s));
        addHome(m_ui->homes, text, home.location, home.suitable);
    }
}

void LibraryDialog::install()
{
    const model::LibraryScript* script = m_model.at(m_ui->scripts->currentIndex());
    if (!script)
        return;
    const QList<LocationId> homes = checkedHomes(m_ui->homes);
    if (!m_ui->allHomes->isChecked() && homes.isEmpty()) {
        m_ui->noticeBar->showText(Pages::tr("Choose at least one home, or all."), Tone::Warning);
        return;
    }
    protocol::LibraryInstall wanted;
    wanted.deployment = m_workspace.deployment();
    wanted.name = script->name;
    wanted.parameters = m_form->values();
    if (!m_ui->allHomes->isChecked())
        wanted.locations = homes;
    wanted.deploy = m_workspace.mayCoordinate();
    performBy(
        m_ui->install, m_ui->noticeBar, [this, wanted] { return m_model.install(wanted); },
        [this](const model::Script& made) {
            accept();
            Q_EMIT installed(made);
        });
}

DeployDialog::DeployDialog(const QString& script, const QList<model::Location>& homes, bool mayGoLive, QWidget* parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::DeployDialog>())
{
    m_ui->setupUi(this);
    resize(480, 460);
    m_ui->question->setText(Pages::tr("Deploy the newest version of “%1” to:").arg(script));
    for (const model::Location& home : homes)
        addHome(m_ui->homes, home.name, home.id, false);
    m_ui->homes->setDisabled(true);
    m_ui->live->setEnabled(mayGoLive);
    m_ui->shadow->setChecked(!mayGoLive);
    connect(m_ui->allHomes, &QCheckBox::toggled, m_ui->homes, &QWidget::setDisabled);
    const auto check = [this] { m_ui->deploy->setEnabled(m_ui->allHomes->isChecked() || !locations().isEmpty()); };
    connect(m_ui->allHomes, &QCheckBox::toggled, this, check);
    connect(m_ui->homes, &QListWidget::itemChanged, this, check);
    connect(m_ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->deploy, &QPushButton::clicked, this, &QDialog::accept);
    focusFirstField(*this);
}

DeployDialog::~DeployDialog() = default;

model::ScriptMode DeployDialog::mode() const
{
    return m_ui->shadow->isChecked() ? model::ScriptMode::Shadow : model::ScriptMode::Live;
}

QList<LocationId> DeployDialog::locations() const
{
    return m_ui->allHomes->isChecked() ? QList<LocationId>() : checkedHomes(m_ui->homes);
}

} // namespace cohort::console
