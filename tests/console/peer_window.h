// The whole window over the stand-in server, signed in as whom a test wants; what is pressed there, and what was asked.
// Thread: GUI. Owner: a test. Flow: open(page, role, mode), or start() → beAn() → enter(); then press() → peer().
#pragma once

#include "console/pages/main_window.h"
#include "console/pages/notice_bar.h"
#include "console/pages/page.h"
#include "console/pages/sign_in_page.h"
#include "shared/protocol/operations/session.h"
#include "tests/console/answers.h"
#include "tests/console/look.h"

#include <QAbstractButton>
#include <QInputDialog>
#include <QTimer>
#include <QtTest>

#include <memory>

namespace cohort::console {

// Answers the next dialog that waits for a person, once it is there.
inline void answerNext(QObject* context, const std::function<void(QDialog*)>& answerIt)
{
    QTimer::singleShot(20, context, [context, answerIt] {
        auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        dialog ? answerIt(dialog) : answerNext(context, answerIt);
    });
}

inline void answerInput(QObject* context, const QString& text, bool accept = true)
{
    answerNext(context, [text, accept](QDialog* dialog) {
        static_cast<QInputDialog*>(dialog)->setTextValue(text);
        accept ? dialog->accept() : dialog->reject();
    });
}

class PeerWindow
{
public:
    // The window, not yet signed in. `mode` as fillPeer takes it.
    void start(const QString& mode = QStringLiteral("full"))
    {
        m_peer = std::make_unique<Peer>();
        fillPeer(*m_peer, mode);
        m_listens = m_peer->listen();
        m_client = std::make_unique<RpcClient>(RpcOptions{.firstRetry = std::chrono::milliseconds(400)});
        m_workspace = std::make_unique<Workspace>(*m_client);
        m_window = std::make_unique<MainWindow>(*m_workspace);
        m_window->show();
        SignInPage* form = m_window->signInPage();
        form->setAddress(QStringLiteral("http://127.0.0.1:%1").arg(m_peer->url().port()));
        form->setEmail(QStringLiteral("vera@example.org"));
        form->setPassword(QStringLiteral("right"));
    }
    void beAn(model::OperatorRole role, DeploymentId where = {}, bool maySeeNames = true)
    {
        const model::OperatorSession session{QStringLiteral("t"),
                                             fromMs(QDateTime::currentMSecsSinceEpoch() + 60'000),
                                             {OperatorId{1}, QStringLiteral("vera@example.org"), {}, maySeeNames},
                                             {{where, role}}};
        answer<protocol::SessionSignIn>(*m_peer, [session](const auto&) { return session; });
        answer<protocol::SessionResume>(*m_peer, [session](const auto&) { return session; });
    }
    // The page, opened and loaded; null when it did not open.
    Page* enter(const QString& name)
    {
        m_window->open(name);
        if (m_window->signInPage()->isVisible())
            m_window->signInPage()->submit();
        Page* opened = m_window->page(name.section(QLatin1Char('/'), 0, 0));
        const bool came = QTest::qWaitFor([opened] { return opened->isVisible(); }, 5000);
        return m_listens && came && settle() ? opened : nullptr;
    }
    // The page of a new window whose operator has the role, in one deployment or everywhere; null when it did not open.
    Page* open(const QString& page, model::OperatorRole role, const QString& mode = QStringLiteral("full"),
               DeploymentId where = {})
    {
        start(mode);
        beAn(role, where);
        return enter(page);
    }
    // All that was asked until now has been answered, and the answers are shown and ask for nothing more.
    bool settle()
    {
        int quiet = 0;
        for (int round = 0; quiet < 2 && round < 50; ++round) {
            const auto before = m_peer->calls().size();
            const auto future = m_client->call(QStringLiteral("server.info"));
            if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 5000))
                return false;
            QTest::qWait(1);
            quiet = m_peer->calls().size() <= before + 1 ? quiet + 1 : 0;
        }
        return quiet == 2;
    }
    // As a person does: false where there is nothing that can be pressed.
    static bool press(const QWidget* on, const QString& name)
    {
        auto* button = on->findChild<QAbstractButton*>(name);
        const bool can = button && button->isVisible() && button->isEnabled();
        if (can)
            button->click();
        return can;
    }
    static bool canPress(const QWidget* on, const QString& name)
    {
        const auto* button = on->findChild<QAbstractButton*>(name);
        return button && button->isVisible() && button->isEnabled();
    }
    // The dialog of this kind that is open; null when none comes.
    template <typename Dialog>
    Dialog* dialog() const
    {
        Dialog* found = nullptr;
        const auto isThere = [&] {
            for (Dialog* one : m_window->findChildren<Dialog*>())
                found = one->isVisible() ? one : found;
            return found != nullptr;
        };
        return QTest::qWaitFor(isThere, 5000) ? found : nullptr;
    }
    // The operation fails from now on, until it gets another handler.
    void breakIt(const QString& method, const QString& code = QStringLiteral("database-lost"))
    {
        m_peer->on(method, [code](const QJsonObject&) { return PeerError{code, {}}; });
    }
    void end()
    {
        m_window.reset();
        m_workspace.reset();
        m_client.reset();
        m_peer.reset();
    }

    Peer& peer() const { return *m_peer; }
    MainWindow& window() { return *m_window; }
    Workspace& workspace() { return *m_workspace; }

private:
    bool m_listens = false;
    std::unique_ptr<Peer> m_peer;
    std::unique_ptr<RpcClient> m_client;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace cohort::console
