#include "console/pages/composer_page.h"

#include "console/pages/composer_dialogs.h"
#include "console/pages/script_menu.h"
#include "console/pages/script_page.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "ui_composer_page.h"

#include <QInputDialog>
#include <QStackedLayout>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

// What a new script begins with: the least that the check accepts.
const char* const FirstSource = R"("""What this script is for, in one sentence."""
from composer import app, on

app(
    title="My script",
    reads={"motion": "to see whether anybody moves"},
)

@on.measurement("motion", changed=True)
def look(home, event):
    home.because(f"motion is {event.value} in {event.device.room}")
)";

} // namespace

ComposerPage::ComposerPage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), m_ui(std::make_unique<Ui::ComposerPage>()), m_model(workspace, this),
      m_stack(new QStackedLayout(body())), m_script(new ScriptPage(workspace, notices(), this))
{
    auto* list = new QWidget;
    m_ui->setupUi(list);
    m_stack->addWidget(list);
    m_stack->addWidget(m_script);
    m_ui->library->setIcon(icon(u"library"_s, theme().onAccent));
    m_ui->newScript->setIcon(icon(u"plus"_s));
    m_ui->edit->setIcon(icon(u"edit"_s));
    m_ui->pause->setIcon(icon(u"pause"_s));
    m_ui->resume->setIcon(icon(u"play"_s));
    m_ui->scripts->setRows(&m_model, {0, 160, 100, 150, 90, 80, 80, 80});
    m_ui->scripts->setEmptyText(Pages::tr("No scripts yet"),
                                Pages::tr("Install a ready-made one from the library, or write your own."));
    watch(&m_model);
    connect(m_ui->scripts, &DataTable::selected, this, &ComposerPage::showChoice);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &ComposerPage::showChoice);
    const auto openChosen = [this] { openScript(ScriptId{m_ui->scripts->selectedId()}); };
    connect(m_ui->scripts, &DataTable::opened, this, openChosen);
    connect(m_ui->edit, &QPushButton::clicked, this, openChosen);
    connect(m_ui->newScript, &QPushButton::clicked, this, &ComposerPage::newScript);
    connect(m_ui->library, &QPushButton::clicked, this, &ComposerPage::openLibrary);
    const auto reloadAfter = [this](const model::Script&) { m_model.reload(); };
    connect(m_ui->pause, &QPushButton::clicked, this, [this, reloadAfter] {
        if (const model::Script* script = m_model.at(m_ui->scripts->currentIndex()))
            askToPause(this, *script, this->workspace().mayCoordinate(), [this, reloadAfter, id = script->id] {
                perform(
                    notices(), [this, id] { return m_model.pause(id); }, reloadAfter);
            });
    });
    connect(m_ui->resume, &QPushButton::clicked, this, [this, reloadAfter] {
        const ScriptId id{m_ui->scripts->selectedId()};
        perform(
            notices(), [this, id] { return m_model.resume(id); }, reloadAfter);
    });
    connect(m_script, &ScriptPage::closed, this, &ComposerPage::showList);
    connect(&m_model, &RowsModel::loaded, this, [this] {
        if (std::exchange(m_openFirst, false) && m_model.at(0))
            openScript(m_model.at(0)->id);
        else if (m_script->isVisible())
            m_script->refresh(); // the list is loaded again when a script changed
    });
    connect(&workspace, &Workspace::deploymentChanged, this, &ComposerPage::followStudy);
    connect(&workspace, &Workspace::operatorChanged, this, &ComposerPage::forget);
    showChoice();
}

ComposerPage::~ComposerPage() = default;

void ComposerPage::activate()
{
    m_ui->library->setEnabled(bool(workspace().deployment()));
    m_ui->newScript->setEnabled(bool(workspace().deployment()));
    m_model.show(workspace().deployment());
}

void ComposerPage::deactivate()
{
    m_model.show({});
}

// Another study's script goes; the own stays when its operator signs in again.
void ComposerPage::followStudy()
{
    if (m_script->study() != workspace().deployment())
        forget();
    if (isVisible())
        activate();
}

void ComposerPage::forget()
{
    m_script->forget();
    m_stack->setCurrentIndex(0);
}

QList<Unsaved> ComposerPage::unsaved()
{
    std::optional<Unsaved> script = m_script->unsaved();
    if (!script)
        return {};
    script->drop = [this] { forget(); };
    return {*script};
}

bool ComposerPage::mayLeaveStudy()
{
    return m_script->mayDropChanges();
}

void ComposerPage::showChoice()
{
    const model::Script* script = m_model.at(m_ui->scripts->currentIndex());
    m_ui->edit->setEnabled(script != nullptr);
    m_ui->pause->setEnabled(script && ScriptsModel::canPause(script->status));
    m_ui->resume->setEnabled(script && ScriptsModel::canResume(script->status) && workspace().mayCoordinate());
}

void ComposerPage::openScript(ScriptId script)
{
    if (!script)
        return;
    m_script->open(script);
    m_stack->setCurrentWidget(m_script);
}

void ComposerPage::openFirst()
{
    m_openFirst = true;
}

void ComposerPage::showList()
{
    m_stack->setCurrentIndex(0);
    m_model.reload();
}

void ComposerPage::newScript()
{
    bool ok = false;
    const QString name =
        QInputDialog::getText(this, Pages::tr("New script"), Pages::tr("Name:"), QLineEdit::Normal, QString(), &ok)
            .trimmed();
    if (!ok || name.isEmpty())
        return;
    perform(
        notices(), [this, name] { return m_model.create(name, QString::fromUtf8(FirstSource)); },
        [this](const model::CreatedScript& created) {
            if (created.script.deployment == workspace().deployment())
                openScript(created.script.id);
        });
}

void ComposerPage::openLibrary()
{
    auto* dialog = new LibraryDialog(workspace(), this);
    connect(dialog, &LibraryDialog::installed, this, [this](const model::Script& script) {
        m_model.reload();
        notices()->showText(Pages::tr("“%1” is installed.").arg(script.name), Tone::Good);
    });
    open(dialog);
}

} // namespace cohort::console
