#include "console/pages/home_views.h"

#include "console/models/words.h"
#include "console/pages/conversation_view.h"
#include "console/pages/data_table.h"
#include "console/pages/perform.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "ui_home_devices_view.h"
#include "ui_home_people_view.h"

#include <QVBoxLayout>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

// A number where it is one, else text; "on" and "off" as devices expect them.
QJsonValue valueOf(const QString& text)
{
    const QString lower = text.trimmed().toLower();
    if (lower == "on"_L1 || lower == "true"_L1)
        return 1.0;
    if (lower == "off"_L1 || lower == "false"_L1)
        return 0.0;
    bool isNumber = false;
    const double number = lower.toDouble(&isNumber);
    if (isNumber)
        return number;
    const double local = QLocale().toDouble(lower, &isNumber);
    return isNumber ? QJsonValue(local) : QJsonValue(text.trimmed());
}

} // namespace

HomeDevicesView::HomeDevicesView(Workspace& workspace, HomeModel& home, NoticeBar* notices, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_home(home), m_notices(notices),
      m_ui(std::make_unique<Ui::HomeDevicesView>()), m_devices(home, this), m_commands(workspace, this)
{
    m_ui->setupUi(this);
    m_ui->send->setIcon(icon(u"command"_s, theme().onAccent));
    m_ui->devices->setRows(&m_devices, {190, 120, 110, 130, 0});
    m_ui->devices->setEmptyText(Pages::tr("No devices"), Pages::tr("Register one on the page “Deployments”."));
    m_ui->commands->setRows(&m_commands, {200, 160, 130, 0, 190});
    m_ui->commands->setEmptyText(Pages::tr("No commands yet"),
                                 Pages::tr("Choose a device above and send it one; what becomes of it appears here."));
    connect(m_ui->devices, &DataTable::selected, this, &HomeDevicesView::showChoice);
    connect(m_ui->send, &QPushButton::clicked, this, &HomeDevicesView::send);
    connect(m_ui->value, &QLineEdit::returnPressed, this, &HomeDevicesView::send);
    connect(&home, &HomeModel::changed, this, &HomeDevicesView::homeChanged);
    connect(&m_commands, &RowsModel::failed, notices,
            [this](const Error& error) { m_notices->showError(error, [this] { m_commands.reload(); }); });
    showChoice();
}

HomeDevicesView::~HomeDevicesView() = default;

void HomeDevicesView::homeChanged()
{
    const LocationId home = m_home.home().location.id;
    if (std::exchange(m_shown, home) != home) {
        m_commands.setZone(words::zoneOf(m_home.home().location.timeZone));
        m_commands.show(home);
        m_devices.reload();
    }
    showChoice();
}

void HomeDevicesView::showChoice()
{
    const model::Device* device = m_devices.at(m_ui->devices->currentIndex());
    m_ui->sendCard->setVisible(m_workspace.mayCoordinate());
    m_ui->device->setText(device ? device->label() : Pages::tr("Choose a device"));
    for (QWidget* part : std::initializer_list<QWidget*>{m_ui->parameter, m_ui->value, m_ui->send})
        part->setEnabled(device != nullptr);
    if (!device || m_chosen == device->id)
        return;
    m_chosen = device->id;
    m_ui->parameter->clear();
    for (const model::DeviceTypeInfo& type : m_workspace.deviceTypes()) {
        if (type.number != device->type)
            continue;
        for (const model::TypeParameterInfo& parameter : type.parameters) {
            if (parameter.command)
                m_ui->parameter->addItem(parameter.name);
        }
    }
    if (m_ui->parameter->count() > 0)
        return;
    for (const model::Stream& stream : device->streams)
        m_ui->parameter->addItem(stream.name);
}

void HomeDevicesView::send()
{
    if (!m_ui->send->isEnabled())
        return;
    const model::Device* device = m_devices.at(m_ui->devices->currentIndex());
    const QString name = m_ui->parameter->currentText().trimmed();
    if (!device || name.isEmpty() || m_ui->value->text().trimmed().isEmpty()) {
        m_notices->showText(Pages::tr("Choose a device, a parameter and a value."), Tone::Warning);
        return;
    }
    const QList<model::CommandParameter> parameters{{name, {}, valueOf(m_ui->value->text())}};
    performBy(
        m_ui->send, m_notices, [this, id = device->id, parameters] { return m_commands.send(id, parameters); },
        [this](const model::Command& command) { m_commands.put(command); });
}

HomePeopleView::HomePeopleView(Workspace& workspace, HomeModel& home, NoticeBar* notices, QWidget* parent)
    : QWidget(parent), m_home(home), m_ui(std::make_unique<Ui::HomePeopleView>())
{
    m_ui->setupUi(this);
    m_conversation = new ConversationView(workspace, notices, m_ui->conversation);
    auto* layout = new QVBoxLayout(m_ui->conversation);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_conversation);
    connect(&home, &HomeModel::changed, this, &HomePeopleView::homeChanged);
    connect(m_ui->people, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        m_conversation->setPerson(item ? ParticipantId{item->data(Qt::UserRole).toLongLong()} : ParticipantId{},
                                  item ? item->data(Qt::UserRole + 1).toString() : QString());
    });
}

HomePeopleView::~HomePeopleView() = default;

void HomePeopleView::homeChanged()
{
    const QListWidgetItem* before = m_ui->people->currentItem();
    const qint64 chosen = before ? before->data(Qt::UserRole).toLongLong() : 0;
    const QSignalBlocker quiet(m_ui->people);
    m_ui->people->clear();
    int row = -1;
    for (const model::Participant& one : m_home.home().participants) {
        QStringList roles;
        for (const model::ParticipantRole& role : one.roles)
            roles.append(words::homeRole(role.role));
        roles.removeDuplicates();
        auto* item = new QListWidgetItem(icon(u"person"_s, theme().faint),
                                         one.label() + u"\n"_s + roles.join(u", "_s) + u" · "_s +
                                             words::participantStatus(one.status).text,
                                         m_ui->people);
        item->setData(Qt::UserRole, static_cast<qint64>(one.id.value));
        item->setData(Qt::UserRole + 1, one.label());
        if (one.id.value == chosen)
            row = m_ui->people->count() - 1;
    }
    if (m_home.isLoaded() && m_home.home().participants.isEmpty())
        m_ui->people->addItem(Pages::tr("Nobody is enrolled here yet."));
    if (row >= 0) {
        m_ui->people->setCurrentRow(row); // the same person: the conversation stays
        return;
    }
    const bool any = !m_home.home().participants.isEmpty();
    m_ui->people->setCurrentRow(any ? 0 : -1);
    const QListWidgetItem* first = any ? m_ui->people->item(0) : nullptr;
    m_conversation->setPerson(first ? ParticipantId{first->data(Qt::UserRole).toLongLong()} : ParticipantId{},
                              first ? first->data(Qt::UserRole + 1).toString() : QString());
}

} // namespace cohort::console
