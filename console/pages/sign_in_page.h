// Where the console meets its server: address, certificate, user and password, or the first administrator.
// Thread: GUI. Owner: MainWindow. Flow: form → ServerLink → signedIn(session).
#pragma once

#include "console/models/server_link.h"
#include "console/pages/perform.h"

#include <QWidget>

#include <memory>

namespace cohort::console {

namespace Ui {
class SignInPage;
}

class SignInPage : public QWidget
{
    Q_OBJECT
public:
    SignInPage(ServerLink& link, QWidget* parent);
    ~SignInPage() override;

    // Fills the form in, for what is remembered or was given at the start.
    void setAddress(const QString& address);
    void setEmail(const QString& email);
    void setPassword(const QString& password);
    QString address() const;
    QString email() const;
    // As the button does.
    void submit();
    // Why somebody has to sign in again.
    void showEnd(const Error& error);

Q_SIGNALS:
    void signedIn(const cohort::model::OperatorSession& session);

private:
    void setFirstAdmin(bool first);
    void addressChanged();
    void stateChanged(LinkState state);
    void askForTrust(const QByteArray& fingerprint);
    void refuse(const QByteArray& known, const QByteArray& shown);
    void ask();
    void setWaiting(bool waiting);

    ServerLink& m_link;
    std::unique_ptr<Ui::SignInPage> m_ui;
    bool m_waiting = false; // for the connection or the answer
};

} // namespace cohort::console
