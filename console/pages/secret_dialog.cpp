#include "console/models/words.h"
#include "console/pages/dialogs.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "ui_secret_dialog.h"

namespace cohort::console {

using namespace Qt::StringLiterals;

void SecretDialog::setUp()
{
    m_ui->setupUi(this);
    m_ui->mark->setPixmap(icon(u"key"_s, theme().accent).pixmap(24, 24));
    connect(m_ui->done, &QPushButton::clicked, this, &QDialog::accept);
}

SecretDialog::SecretDialog(const QString& label, const model::EnrolmentCode& code, QWidget* parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::SecretDialog>())
{
    setUp();
    setWindowTitle(Pages::tr("Enrolment code"));
    m_ui->heading->setText(Pages::tr("Code for %1").arg(label));
    m_ui->explanation->setText(
        Pages::tr("Give this code to the person, or let the picture be photographed. It is good once, and "
                  "only shown now."));
    m_ui->qr->setText(code.enrolmentUrl);
    m_ui->code->setTextFormat(Qt::PlainText);
    m_ui->code->setText(code.enrolmentCode);
    m_ui->expires->setText(Pages::tr("Good until %1").arg(words::momentHere(code.expires)));
    m_ui->firstName->setText(Pages::tr("Address of the participants’ page"));
    m_ui->first->setText(code.enrolmentUrl);
    m_ui->secondName->hide();
    m_ui->second->hide();
}

SecretDialog::SecretDialog(const QString& label, const model::DeviceSecret& secret, QWidget* parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::SecretDialog>())
{
    setUp();
    setWindowTitle(Pages::tr("Device registered"));
    m_ui->heading->setText(label);
    m_ui->qr->hide();
    m_ui->code->hide();
    m_ui->expires->hide();
    const bool token = secret.token.has_value();
    m_ui->explanation->setText(
        token ? Pages::tr("Put this token into the device now: the server keeps no copy and cannot show it again.")
              : Pages::tr("The device posts without a token of its own."));
    m_ui->firstName->setText(Pages::tr("Token"));
    m_ui->first->setText(secret.token.value_or(QString()));
    m_ui->firstName->setVisible(token);
    m_ui->first->setVisible(token);
    m_ui->secondName->setText(Pages::tr("Try it from a terminal"));
    m_ui->second->setText(secret.curl);
    m_ui->secondName->setVisible(!secret.curl.isEmpty());
    m_ui->second->setVisible(!secret.curl.isEmpty());
}

SecretDialog::~SecretDialog() = default;

} // namespace cohort::console
