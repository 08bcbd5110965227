// The window: sign-in first, then navigation on the left, pages on the right, the connection's state below.
// Thread: GUI. Owner: app. Flow: signedIn → Workspace → pages; RpcClient's state → status bar.
#pragma once

#include "console/models/badges.h"
#include "console/models/study_news.h"
#include "console/models/workspace.h"

#include <QMainWindow>
#include <QPointer>

#include <functional>
#include <map>
#include <memory>

class QToolButton;

namespace cohort::console {

namespace Ui {
class MainWindow;
}
class ConnectionStatus;
class Page;
class SignInPage;
struct Unsaved;

class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(Workspace& workspace);
    ~MainWindow() override;

    SignInPage* signInPage() const { return m_signIn; }
    Page* page(const QString& name) const;
    // "overview", "deployments", "home", …; with a part after a slash: "home/timeline", "composer/editor".
    void open(const QString& name);

protected:
    // Asks about what is not saved first.
    void closeEvent(QCloseEvent* event) override;

private:
    void setUpPages();
    void addPage(const QString& name, const QString& title, Page* page);
    void enter();
    void signOut();
    // Pages' and drafts'.
    QList<Unsaved> unsaved();
    QList<Unsaved> unsavedNotes();
    void settle(const std::function<void()>& then);
    void leave();
    void leavePage();
    // A button that was pressed and cannot be pressed any more: the keyboard goes back to where it was in the page.
    void keepFocus(QWidget* before, QWidget* now);
    void fillDeployments();
    void chooseDeployment();
    void openPart(const QString& name, const QString& part);
    void showBadges();
    void showError(const Error& error);
    void changePassword();

    struct Entry
    {
        Page* page;
        QToolButton* button;
        QString title;
    };
    Workspace& m_workspace;
    std::unique_ptr<Ui::MainWindow> m_ui;
    SignInPage* m_signIn;
    ConnectionStatus* m_status;
    std::map<QString, Entry> m_pages;
    QString m_current, m_wanted;
    QPointer<QWidget> m_at; // the view or field of the page that had the keyboard last
    Badges m_badges;
    StudyNews m_news;
    int m_forgotten = 0; // unsaved items of the operator before
    bool m_mayClose = false;
};

} // namespace cohort::console
