#include "console/pages/dialogs.h"

#include "console/models/words.h"
#include "console/pages/form_fields.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "shared/model/contact.h"
#include "ui_deployment_dialog.h"
#include "ui_device_dialog.h"
#include "ui_home_dialog.h"
#include "ui_operator_dialog.h"
#include "ui_participant_dialog.h"

#include <QTimeZone>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

void offerHomes(QComboBox* box, const QList<model::Location>& homes, LocationId chosen)
{
    for (const model::Location& home : homes) {
        box->addItem(home.name, static_cast<qint64>(home.id.value));
        if (home.id == chosen)
            box->setCurrentIndex(box->count() - 1);
    }
}

// What stands in the field; nothing where it is empty.
std::optional<QString> given(const QString& text)
{
    const QString trimmed = text.trimmed();
    return trimmed.isEmpty() ? std::nullopt : std::optional(trimmed);
}

LocationId homeOf(const QComboBox* box)
{
    return LocationId{box->currentData().toLongLong()};
}

// What may be left out, or is a contact.
bool isGood(QLineEdit* field, bool (*isOne)(const QString&))
{
    const QString text = field->text().trimmed();
    return text.isEmpty() || isOne(text);
}

// Says while one types that it is none yet.
void checkAsTyped(QLineEdit* field, bool (*isOne)(const QString&), const QString& hint)
{
    QObject::connect(field, &QLineEdit::textChanged, field, [field, isOne, hint] {
        const bool good = isGood(field, isOne);
        field->setToolTip(good ? QString() : hint);
        field->setStyleSheet(good ? QString() : u"border-color: %1;"_s.arg(theme().tone(Tone::Bad).name()));
    });
}

bool wrong(NoticeBar* bar, QLineEdit* field, bool (*isOne)(const QString&), const QString& hint)
{
    if (isGood(field, isOne))
        return false;
    bar->showText(hint, Tone::Warning);
    field->setFocus();
    return true;
}

QString emailHint()
{
    return Pages::tr("An e-mail address looks like anna@example.org.");
}

QString phoneHint()
{
    return Pages::tr("A telephone number looks like +43 1 2345678.");
}

} // namespace

DeploymentDialog::DeploymentDialog(Workspace& workspace, QWidget* parent)
    : QDialog(parent), m_workspace(workspace), m_ui(std::make_unique<Ui::DeploymentDialog>())
{
    m_ui->setupUi(this);
    offerZones(m_ui->zone, QString::fromLatin1(QTimeZone::systemTimeZoneId()));
    offerLanguages(m_ui->language, model::Language::English);
    connect(m_ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->ok, &QPushButton::clicked, this, &DeploymentDialog::submit);
}

DeploymentDialog::~DeploymentDialog() = default;

void DeploymentDialog::submit()
{
    if (misses(m_ui->noticeBar, m_ui->name, Pages::tr("name")))
        return;
    const protocol::DeploymentCreate wanted{m_ui->name->text().trimmed(), m_ui->zone->currentText(),
                                            languageOf(m_ui->language), m_ui->tokenless->isChecked()};
    performBy(
        m_ui->ok, m_ui->noticeBar, [this, wanted] { return m_workspace.community().create(wanted); },
        [this](const model::Deployment& deployment) {
            accept();
            Q_EMIT made(deployment);
        });
}

HomeDialog::HomeDialog(Workspace& workspace, QWidget* parent)
    : QDialog(parent), m_workspace(workspace), m_ui(std::make_unique<Ui::HomeDialog>())
{
    m_ui->setupUi(this);
    offerZones(m_ui->zone, QString::fromLatin1(QTimeZone::systemTimeZoneId()));
    if (const QString zone = deploymentTimeZone(workspace); !zone.isEmpty())
        m_ui->zone->setCurrentText(zone); // a new home is where its study is
    m_ui->clock->addItem(Pages::tr("Real: a lived-in home"), QVariant::fromValue(model::LocationClock::Real));
    m_ui->clock->addItem(Pages::tr("Of its events: replay, teaching, simulation"),
                         QVariant::fromValue(model::LocationClock::Events));
    for (const QString& kind : words::roomKinds()) {
        auto* item = new QListWidgetItem(words::roomKind(kind), m_ui->rooms);
        item->setData(Qt::UserRole, kind);
        item->setCheckState(m_ui->rooms->count() <= 5 ? Qt::Checked : Qt::Unchecked);
    }
    connect(m_ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->ok, &QPushButton::clicked, this, &HomeDialog::submit);
}

HomeDialog::~HomeDialog() = default;

void HomeDialog::submit()
{
    if (misses(m_ui->noticeBar, m_ui->name, Pages::tr("name")))
        return;
    protocol::LocationCreate wanted{.deployment = m_workspace.deployment(),
                                    .name = m_ui->name->text().trimmed(),
                                    .timeZone = given(m_ui->zone->currentText()),
                                    .clock = m_ui->clock->currentData().value<model::LocationClock>(),
                                    .rooms = QList<protocol::NewRoom>()};
    for (int i = 0; i < m_ui->rooms->count(); ++i) {
        const QListWidgetItem* item = m_ui->rooms->item(i);
        if (item->checkState() == Qt::Checked)
            wanted.rooms->append({item->data(Qt::UserRole).toString(), item->text()});
    }
    performBy(
        m_ui->ok, m_ui->noticeBar, [this, wanted] { return m_workspace.community().create(wanted); },
        [this](const model::Location& home) {
            accept();
            Q_EMIT made(home);
        });
}

ParticipantDialog::ParticipantDialog(Workspace& workspace, const QList<model::Location>& homes, LocationId home,
                                     QWidget* parent)
    : QDialog(parent), m_workspace(workspace), m_ui(std::make_unique<Ui::ParticipantDialog>())
{
    m_ui->setupUi(this);
    offerHomes(m_ui->home, homes, home);
    offerHomeRoles(m_ui->role);
    offerLanguages(m_ui->language, model::Language::English);
    checkAsTyped(m_ui->email, &model::isEmail, emailHint());
    checkAsTyped(m_ui->phone, &model::isPhone, phoneHint());
    if (!workspace.me().account.maySeeNames) {
        // Who may not see names may not write them either.
        for (QWidget* field : {m_ui->name, m_ui->email, m_ui->phone})
            m_ui->fields->setRowVisible(field, false);
    }
    connect(m_ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->ok, &QPushButton::clicked, this, &ParticipantDialog::submit);
}

ParticipantDialog::~ParticipantDialog() = default;

void ParticipantDialog::submit()
{
    if (!homeOf(m_ui->home)) {
        m_ui->noticeBar->showText(Pages::tr("Make a home first; a person belongs to one."), Tone::Warning);
        return;
    }
    if (wrong(m_ui->noticeBar, m_ui->email, &model::isEmail, emailHint()) ||
        wrong(m_ui->noticeBar, m_ui->phone, &model::isPhone, phoneHint()))
        return;
    const protocol::NewParticipantRole role{.location = homeOf(m_ui->home),
                                            .role = m_ui->role->currentData().value<model::HomeRole>(),
                                            .callingOrder = {},
                                            .until = {}};
    const protocol::ParticipantCreate wanted{.deployment = m_workspace.deployment(),
                                             .language = languageOf(m_ui->language),
                                             .roles = {role},
                                             .name = given(m_ui->name->text()),
                                             .email = given(m_ui->email->text()),
                                             .phone = given(m_ui->phone->text())};
    performBy(
        m_ui->ok, m_ui->noticeBar, [this, wanted] { return m_workspace.community().create(wanted); },
        [this](const model::EnrolledParticipant& enrolled) {
            accept();
            Q_EMIT made(enrolled);
        });
}

DeviceDialog::DeviceDialog(Workspace& workspace, const QList<model::Location>& homes, LocationId home, QWidget* parent)
    : QDialog(parent), m_workspace(workspace), m_homes(homes), m_ui(std::make_unique<Ui::DeviceDialog>())
{
    m_ui->setupUi(this);
    offerHomes(m_ui->home, homes, home);
    offerDeviceTypes(m_ui->type, workspace);
    offerDeviceUses(m_ui->use);
    connect(m_ui->home, &QComboBox::currentIndexChanged, this, &DeviceDialog::showRooms);
    connect(m_ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->ok, &QPushButton::clicked, this, &DeviceDialog::submit);
    showRooms();
}

DeviceDialog::~DeviceDialog() = default;

void DeviceDialog::showRooms()
{
    QList<model::Room> rooms;
    for (const model::Location& home : std::as_const(m_homes)) {
        if (home.id == homeOf(m_ui->home))
            rooms = home.rooms;
    }
    m_ui->room->clear();
    offerRooms(m_ui->room, rooms);
}

void DeviceDialog::submit()
{
    if (misses(m_ui->noticeBar, m_ui->key, Pages::tr("identifier")))
        return;
    if (!homeOf(m_ui->home)) {
        m_ui->noticeBar->showText(Pages::tr("Make a home first; a device belongs to one."), Tone::Warning);
        return;
    }
    const RoomId room{m_ui->room->currentData().toLongLong()};
    const int type = m_ui->type->currentData().toInt();
    const protocol::NewDeviceTraits traits{.type = type > 0 ? std::optional(type) : std::nullopt,
                                           .use = given(deviceUseOf(m_ui->use)),
                                           .room = room ? std::optional(room) : std::nullopt,
                                           .roomKind = {},
                                           .roomName = {},
                                           .description = given(m_ui->description->text())};
    const protocol::DeviceRegister wanted{.location = homeOf(m_ui->home),
                                          .key = m_ui->key->text().trimmed(),
                                          .traits = traits,
                                          .gateway = given(m_ui->gateway->text()),
                                          .startDate = {},
                                          .token = m_ui->token->isChecked()};
    performBy(
        m_ui->ok, m_ui->noticeBar, [this, wanted] { return m_workspace.community().create(wanted); },
        [this](const model::RegisteredDevice& registered) {
            accept();
            Q_EMIT made(registered);
        });
}

OperatorDialog::OperatorDialog(const Workspace& workspace, OperatorsModel& operators, QWidget* parent)
    : QDialog(parent), m_operators(operators), m_ui(std::make_unique<Ui::OperatorDialog>())
{
    m_ui->setupUi(this);
    offerOperatorRoles(m_ui->role);
    m_ui->deployment->addItem(Pages::tr("everywhere"), 0);
    for (const model::Deployment& deployment : workspace.deployments())
        m_ui->deployment->addItem(deployment.name, static_cast<qint64>(deployment.id.value));
    checkAsTyped(m_ui->email, &model::isEmail, emailHint());
    connect(m_ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->ok, &QPushButton::clicked, this, &OperatorDialog::submit);
}

OperatorDialog::~OperatorDialog() = default;

void OperatorDialog::submit()
{
    if (misses(m_ui->noticeBar, m_ui->name, Pages::tr("name")) ||
        misses(m_ui->noticeBar, m_ui->email, Pages::tr("e-mail address")) ||
        misses(m_ui->noticeBar, m_ui->password, Pages::tr("first password")) ||
        wrong(m_ui->noticeBar, m_ui->email, &model::isEmail, emailHint()))
        return;
    const model::OperatorGrant role{DeploymentId{m_ui->deployment->currentData().toLongLong()},
                                    m_ui->role->currentData().value<model::OperatorRole>()};
    const protocol::OperatorAdd wanted{m_ui->email->text().trimmed(),
                                       m_ui->name->text().trimmed(),
                                       m_ui->password->text(),
                                       {role},
                                       m_ui->names->isChecked()};
    performBy(
        m_ui->ok, m_ui->noticeBar, [this, wanted] { return m_operators.add(wanted); },
        [this](const model::Operator& one) {
            accept();
            Q_EMIT made(one);
        });
}

} // namespace cohort::console
