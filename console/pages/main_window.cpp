#include "console/pages/main_window.h"

#include "console/models/plain_text.h"
#include "console/models/words.h"
#include "console/pages/admin_pages.h"
#include "console/pages/alerts_page.h"
#include "console/pages/composer_page.h"
#include "console/pages/confirm_end.h"
#include "console/pages/connection_status.h"
#include "console/pages/deployments_page.h"
#include "console/pages/edit_dialogs.h"
#include "console/pages/home_page.h"
#include "console/pages/messages_page.h"
#include "console/pages/overview_page.h"
#include "console/pages/plain_labels.h"
#include "console/pages/sign_in_page.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "ui_main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QPushButton>
#include <QShortcut>

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

MainWindow::MainWindow(Workspace& workspace)
    : m_workspace(workspace), m_ui(std::make_unique<Ui::MainWindow>()), m_badges(workspace), m_news(workspace)
{
    new PlainLabels(this);
    m_ui->setupUi(this);
    resize(1280, 720);
    setWindowIcon(icon(u"cohort"_s, theme().accent));
    m_ui->logo->setPixmap(icon(u"cohort"_s, theme().accent).pixmap(26, 26));
    m_ui->signOut->setIcon(icon(u"sign-out"_s, theme().faint));
    m_ui->signOut->setIconSize(QSize(20, 20));
    m_ui->signOut->setText(u"  "_s + Pages::tr("Sign out"));
    m_ui->signOut->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_ui->password->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_signIn = new SignInPage(workspace.link(), this);
    m_ui->pages->addWidget(m_signIn);
    connect(&workspace, &Workspace::operatorChanged, this, // before the pages: they forget
            [this] { m_forgotten = static_cast<int>(unsaved().size()); });
    setUpPages();
    m_ui->statusBar->setSizeGripEnabled(false);
    m_status = new ConnectionStatus(workspace.link());
    m_ui->statusBar->addWidget(m_status);
    connect(m_signIn, &SignInPage::signedIn, &workspace, &Workspace::enter);
    connect(m_ui->signOut, &QToolButton::clicked, this, &MainWindow::signOut);
    connect(m_ui->password, &QToolButton::clicked, this, &MainWindow::changePassword);
    connect(&workspace, &Workspace::entered, this, &MainWindow::enter);
    connect(&workspace, &Workspace::failed, this, &MainWindow::showError);
    connect(&workspace, &Workspace::left, this, &MainWindow::leave);
    connect(&workspace, &Workspace::deploymentsChanged, this, &MainWindow::fillDeployments);
    connect(&workspace, &Workspace::deploymentChanged, this, &MainWindow::fillDeployments);
    connect(&m_badges, &Badges::changed, this, &MainWindow::showBadges);
    connect(m_ui->deployment, &QComboBox::activated, this, &MainWindow::chooseDeployment);
    connect(qApp, &QApplication::focusChanged, this, &MainWindow::keepFocus);
    connect(&workspace.link(), &ServerLink::sessionEnded, this, [this](const Error& error) {
        m_workspace.leave();
        m_signIn->showEnd(error);
    });
    leave();
}

MainWindow::~MainWindow()
{
    disconnect(qApp, nullptr, this, nullptr); // its pages go after it, and the keyboard with them
}

void MainWindow::setUpPages()
{
    auto* column = new QVBoxLayout(m_ui->navigation);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    addPage(u"overview"_s, Pages::tr("Overview"), new OverviewPage(m_workspace, this));
    addPage(u"deployments"_s, Pages::tr("Deployments"), new DeploymentsPage(m_workspace, this));
    addPage(u"home"_s, Pages::tr("Home"), new HomePage(m_workspace, this));
    addPage(u"alerts"_s, Pages::tr("Alerts"), new AlertsPage(m_workspace, this));
    addPage(u"composer"_s, Pages::tr("Composer"), new ComposerPage(m_workspace, this));
    addPage(u"messages"_s, Pages::tr("Messages"), new MessagesPage(m_workspace, this));
    addPage(u"server"_s, Pages::tr("Server"), new ServerPage(m_workspace, this));
    addPage(u"operators"_s, Pages::tr("Operators"), new OperatorsPage(m_workspace, this));
    addPage(u"audit"_s, Pages::tr("Audit"), new AuditPage(m_workspace, this));
}

void MainWindow::addPage(const QString& name, const QString& title, Page* page)
{
    auto* button = new QToolButton;
    const auto number = static_cast<int>(m_pages.size()) + 1;
    const QKeySequence keys(u"Ctrl+%1"_s.arg(number));
    button->setIcon(icon(name));
    button->setIconSize(QSize(20, 20));
    button->setText(u"  "_s + title);
    button->setToolTip(title + u" ("_s + keys.toString(QKeySequence::NativeText) + u')');
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_ui->navigation->layout()->addWidget(button);
    m_ui->pages->addWidget(page);
    m_pages.insert({name, Entry{page, button, title}});
    connect(button, &QToolButton::clicked, this, [this, name] { open(name); });
    connect(new QShortcut(keys, this), &QShortcut::activated, this, [this, name] { open(name); });
    connect(page, &Page::openPage, this, &MainWindow::open);
    connect(page, &Page::openHome, this, [this](LocationId home) {
        open(u"home"_s);
        static_cast<HomePage*>(this->page(u"home"_s))->showHome(home);
    });
    connect(page, &Page::openAlert, this, [this](AlertId alert) {
        open(u"alerts"_s);
        static_cast<AlertsPage*>(this->page(u"alerts"_s))->select(alert);
    });
}

Page* MainWindow::page(const QString& name) const
{
    const auto found = m_pages.find(name);
    return found == m_pages.end() ? nullptr : found->second.page;
}

void MainWindow::open(const QString& name)
{
    const QString first = name.section(u'/', 0, 0);
    const auto found = m_pages.find(first);
    if (found == m_pages.end())
        return;
    if (!m_workspace.me().account.id) {
        m_wanted = name; // after signing in
        return;
    }
    if (m_current != first) {
        leavePage();
        m_current = first;
        found->second.button->setChecked(true);
        m_ui->pages->setCurrentWidget(found->second.page);
        found->second.page->activate();
        m_status->look(first);
    }
    openPart(first, name.section(u'/', 1));
}

// What was said there is old when somebody comes back.
void MainWindow::leavePage()
{
    if (Page* before = page(m_current)) {
        before->deactivate();
        before->notices()->dismiss();
        m_badges.look(); // what was done there
    }
}

void MainWindow::keepFocus(QWidget* before, QWidget* now)
{
    const Page* shown = page(m_current);
    const auto isIn = [shown](const QWidget* one) { return shown && one && shown->isAncestorOf(one); };
    const bool hasGone = isIn(before) && (!before->isEnabled() || !before->isVisible());
    if (hasGone && now && now->window() == this && now != m_at) {
        if (m_at && isIn(m_at) && m_at->isVisible() && m_at->isEnabled())
            m_at->setFocus(Qt::OtherFocusReason);
        return; // else where Qt has put it
    }
    if (isIn(now) && !qobject_cast<QAbstractButton*>(now))
        m_at = now;
}

// "Messages (2)": how many things wait there.
void MainWindow::showBadges()
{
    for (const auto& [name, entry] : m_pages) {
        const int count = m_badges.count(name);
        entry.button->setText(u"  "_s + (count > 0 ? u"%1 (%2)"_s.arg(entry.title).arg(count) : entry.title));
    }
}

void MainWindow::openPart(const QString& name, const QString& part)
{
    if (part.isEmpty())
        return;
    if (name == "home"_L1)
        static_cast<HomePage*>(page(name))->showTab(part);
    else if (name == "deployments"_L1)
        static_cast<DeploymentsPage*>(page(name))->make(part);
    else if (name == "composer"_L1 && part == "editor"_L1)
        static_cast<ComposerPage*>(page(name))->openFirst();
    else if (name == "composer"_L1 && part == "library"_L1)
        static_cast<ComposerPage*>(page(name))->openLibrary();
}

void MainWindow::enter()
{
    const Rights& me = m_workspace.me();
    m_ui->sidebar->show();
    m_ui->statusBar->show();
    m_ui->who->setText(me.account.name.isEmpty() ? me.account.email : me.account.name);
    const auto show = [this](const QString& name, bool visible) { m_pages.at(name).button->setVisible(visible); };
    const bool coordinates = me.mayCoordinateSomewhere();
    show(u"operators"_s, me.isAdmin());
    show(u"audit"_s, coordinates);
    show(u"server"_s, me.isAdmin());
    show(u"messages"_s, coordinates);
    fillDeployments();
    m_badges.start();
    open(m_wanted.isEmpty() ? u"overview"_s : std::exchange(m_wanted, {}));
    if (const int forgotten = std::exchange(m_forgotten, 0))
        page(m_current)->notices()->showText(
            Pages::tr("%n text(s) that the operator before had not saved or sent are gone.", nullptr, forgotten),
            Tone::Warning);
}

QList<Unsaved> MainWindow::unsaved()
{
    QList<Unsaved> all;
    for (const auto& [name, entry] : m_pages)
        all += entry.page->unsaved();
    for (const ParticipantId person : m_workspace.drafts().people()) {
        const Draft draft = m_workspace.drafts().of(person);
        const auto keep = [this, person, draft] {
            const QString requestId = m_workspace.drafts().requestIdOf(person, draft);
            return Drafts::send(m_workspace.client(), person, draft, requestId)
                .then([](const Result<model::Message>& sent) -> Result<void> {
                    return sent ? Result<void>() : fail(sent.error());
                });
        };
        all.append({Pages::tr("What you wrote to %1 is not sent: “%2”").arg(draft.person, draft.text.trimmed()),
                    Pages::tr("Send"), keep, [this, person] { m_workspace.drafts().drop(person); }});
    }
    return all + unsavedNotes();
}

QList<Unsaved> MainWindow::unsavedNotes()
{
    QList<Unsaved> all;
    for (const AlertId alert : m_workspace.drafts().alerts()) {
        const NoteDraft note = m_workspace.drafts().noteOn(alert);
        const auto keep = [this, alert, note] {
            return Drafts::add(m_workspace.client(), alert, note)
                .then([](const Result<model::Alert>& noted) -> Result<void> {
                    return noted ? Result<void>() : fail(noted.error());
                });
        };
        all.append({Pages::tr("Your note on the alert “%1” is not added: “%2”").arg(note.alert, note.text.trimmed()),
                    Pages::tr("Add"), keep, [this, alert] { m_workspace.drafts().dropNote(alert); }});
    }
    return all;
}

void MainWindow::settle(const std::function<void()>& then)
{
    Page* shown = page(m_current);
    shown ? settleUnsaved(this, shown->notices(), unsaved(), then) : then();
}

void MainWindow::signOut()
{
    settle([this] {
        m_workspace.link().signOut();
        m_workspace.leave();
    });
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    const QList<Unsaved> all = unsaved();
    if (m_mayClose || all.isEmpty())
        return event->accept();
    event->ignore();
    const auto goOn = [this] {
        m_mayClose = true;
        close();
    };
    if (m_workspace.me().account.id) {
        settle(goOn);
        return;
    }
    // Nobody is signed in who may read or save it.
    confirmEnd(this,
               {Pages::tr("Not saved"),
                Pages::tr("Close with %n text(s) that are not saved or sent?", nullptr, static_cast<int>(all.size())),
                Pages::tr("They come back when their operator signs in again, and are lost when the window is closed."),
                Pages::tr("Close")},
               goOn);
}

void MainWindow::leave()
{
    leavePage();
    m_badges.stop();
    m_current.clear();
    m_status->look({});
    m_ui->sidebar->hide();
    m_ui->statusBar->hide();
    m_ui->pages->setCurrentWidget(m_signIn);
}

void MainWindow::fillDeployments()
{
    const QSignalBlocker quiet(m_ui->deployment);
    m_ui->deployment->clear();
    for (const model::Deployment& deployment : m_workspace.deployments()) {
        m_ui->deployment->addItem(deployment.name, static_cast<qint64>(deployment.id.value));
        if (deployment.id == m_workspace.deployment())
            m_ui->deployment->setCurrentIndex(m_ui->deployment->count() - 1);
    }
    if (m_workspace.deployments().isEmpty())
        m_ui->deployment->addItem(m_workspace.knowsDeployments() ? Pages::tr("No deployment yet")
                                                                 : Pages::tr("Not loaded"));
    m_ui->deployment->setEnabled(!m_workspace.deployments().isEmpty());
    m_ui->deployment->setToolTip(plainToolTip(m_ui->deployment->currentText())); // the box may be too narrow for it
}

// The only way to another study. Who wants to stay with what is not saved stays in the study, too.
void MainWindow::chooseDeployment()
{
    const DeploymentId wanted{m_ui->deployment->currentData().toLongLong()};
    const bool may = wanted == m_workspace.deployment() ||
                     std::all_of(m_pages.begin(), m_pages.end(),
                                 [](const auto& entry) { return entry.second.page->mayLeaveStudy(); });
    if (may)
        m_workspace.choose(wanted);
    else
        fillDeployments();
}

void MainWindow::changePassword()
{
    editPassword(m_workspace, this, [this] {
        if (Page* shown = page(m_current))
            shown->notices()->showText(Pages::tr("The password is changed; your other sessions have ended."),
                                       Tone::Good);
    });
}

void MainWindow::showError(const Error& error)
{
    const auto shown = m_pages.find(m_current);
    if (shown != m_pages.end())
        shown->second.page->notices()->showError(error, [this] { m_workspace.reloadDeployments(); });
}

} // namespace cohort::console
