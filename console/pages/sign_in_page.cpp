#include "console/pages/sign_in_page.h"

#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "shared/base/fingerprint.h"
#include "ui_sign_in_page.h"

#include <QMessageBox>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

// Sixteen groups of four, as people read them aloud.
QString readable(const QByteArray& fingerprint)
{
    const QStringList groups = fingerprintGroups(fingerprint);
    QString text;
    for (qsizetype i = 0; i < groups.size(); ++i)
        text += groups.at(i) + ((i + 1) % 8 == 0 ? u'\n' : u' ');
    return text.trimmed();
}

} // namespace

SignInPage::SignInPage(ServerLink& link, QWidget* parent)
    : QWidget(parent), m_link(link), m_ui(std::make_unique<Ui::SignInPage>())
{
    m_ui->setupUi(this);
    m_ui->logo->setPixmap(icon(u"cohort"_s, theme().accent).pixmap(36, 36));
    m_ui->noticeBar->setGrows();
    setFirstAdmin(false);
    connect(m_ui->firstAdmin, &QPushButton::toggled, this, &SignInPage::setFirstAdmin);
    connect(m_ui->signIn, &QPushButton::clicked, this, &SignInPage::submit);
    connect(m_ui->address, &QLineEdit::textChanged, this, &SignInPage::addressChanged);
    for (QLineEdit* field : {m_ui->address, m_ui->code, m_ui->personName, m_ui->email, m_ui->password})
        connect(field, &QLineEdit::returnPressed, this, &SignInPage::submit);
    connect(&link, &ServerLink::stateChanged, this, &SignInPage::stateChanged);
    connect(&link, &ServerLink::certificateUnknown, this, &SignInPage::askForTrust);
    connect(&link, &ServerLink::certificateChanged, this, &SignInPage::refuse);
    connect(&link, &ServerLink::lost, this, [this](const QString& reason) {
        if (!m_waiting)
            return;
        setWaiting(false);
        m_link.close();
        m_ui->noticeBar->showText(reason, Tone::Bad); // “Sign in” tries again
    });
}

SignInPage::~SignInPage() = default;

void SignInPage::setAddress(const QString& address)
{
    m_ui->address->setText(address);
}
void SignInPage::setEmail(const QString& email)
{
    m_ui->email->setText(email);
}
void SignInPage::setPassword(const QString& password)
{
    m_ui->password->setText(password);
}
QString SignInPage::address() const
{
    return m_ui->address->text();
}
QString SignInPage::email() const
{
    return m_ui->email->text();
}

void SignInPage::showEnd(const Error& error)
{
    if (error.code == ErrorCode::NotSignedIn)
        m_ui->noticeBar->showText(Pages::tr("Your session is over. Sign in again."), Tone::Warning);
    else
        m_ui->noticeBar->showError(error);
}

void SignInPage::setFirstAdmin(bool first)
{
    m_ui->fields->setRowVisible(m_ui->code, first);
    m_ui->fields->setRowVisible(m_ui->personName, first);
    m_ui->subtitle->setText(first ? Pages::tr("Set up the first administrator of a new server.")
                                  : Pages::tr("Sign in to your server."));
    m_ui->signIn->setText(first ? Pages::tr("Set up") : Pages::tr("Sign in"));
    m_ui->firstAdmin->setText(first ? Pages::tr("Sign in instead") : Pages::tr("First administrator…"));
}

void SignInPage::addressChanged()
{
    const Result<QUrl> url = ServerLink::endpoint(m_ui->address->text());
    m_ui->plainWarning->setVisible(url && ServerLink::isReadableOnTheWay(*url));
}

void SignInPage::submit()
{
    if (m_waiting)
        return; // Enter was pressed twice
    m_ui->noticeBar->dismiss();
    const Result<QUrl> url = ServerLink::endpoint(m_ui->address->text());
    if (!url) {
        m_ui->noticeBar->showError(url.error());
        m_ui->address->setFocus();
        return;
    }
    if (m_ui->email->text().trimmed().isEmpty() || m_ui->password->text().isEmpty()) {
        m_ui->noticeBar->showText(Pages::tr("Fill in e-mail address and password."), Tone::Warning);
        return;
    }
    setWaiting(true);
    if (m_link.state() == LinkState::Open && m_link.server() == *url)
        ask();
    else
        m_link.open(*url);
}

void SignInPage::stateChanged(LinkState state)
{
    if (state == LinkState::Open && m_waiting)
        ask();
}

void SignInPage::ask()
{
    const QString email = m_ui->email->text().trimmed();
    const QString password = m_ui->password->text();
    const auto future = m_ui->firstAdmin->isChecked() ? m_link.firstAdmin({.code = m_ui->code->text().trimmed(),
                                                                           .email = email,
                                                                           .name = m_ui->personName->text().trimmed(),
                                                                           .password = password})
                                                      : m_link.signIn(email, password);
    whenDone(this, future, [this](const Result<model::OperatorSession>& answer) {
        setWaiting(false);
        if (!answer) {
            m_ui->noticeBar->showError(answer.error());
            m_ui->password->selectAll();
            m_ui->password->setFocus();
            return;
        }
        m_ui->password->clear();
        m_ui->code->clear();
        Q_EMIT signedIn(*answer);
    });
}

void SignInPage::setWaiting(bool waiting)
{
    if (std::exchange(m_waiting, waiting) == waiting)
        return;
    m_ui->noticeBar->setBusy(waiting);
    m_ui->signIn->setEnabled(!waiting);
}

void SignInPage::askForTrust(const QByteArray& fingerprint)
{
    setWaiting(false);
    QMessageBox box(QMessageBox::Question, Pages::tr("New server"),
                    Pages::tr("This is the first contact with this server. Compare its fingerprint with the one that "
                              "the server prints or that its administrator tells you:"),
                    QMessageBox::NoButton, this);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(readable(fingerprint));
    const QPushButton* same = box.addButton(Pages::tr("It is the same"), QMessageBox::AcceptRole);
    box.setDefaultButton(box.addButton(Pages::tr("Do not connect"), QMessageBox::RejectRole)); // Enter must not trust
    box.exec();
    if (box.clickedButton() != same) {
        m_link.close();
        return;
    }
    setWaiting(true);
    m_link.trust(fingerprint);
}

void SignInPage::refuse(const QByteArray& known, const QByteArray& shown)
{
    setWaiting(false);
    m_link.close();
    m_ui->noticeBar->showText(
        Pages::tr("Stopped: the server shows another certificate than before. Somebody may be in between, or "
                  "the server was set up anew; ask its administrator.\nKnown: %1…\nShown: %2…")
            .arg(QString::fromLatin1(known.left(16)), QString::fromLatin1(shown.left(16))),
        Tone::Bad);
}

} // namespace cohort::console
