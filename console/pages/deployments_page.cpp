#include "console/pages/deployments_page.h"

#include "console/models/words.h"
#include "console/pages/confirm_end.h"
#include "console/pages/data_table.h"
#include "console/pages/dialogs.h"
#include "console/pages/object_menu.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "ui_deployments_page.h"

#include <QHeaderView>

#include <chrono>

namespace cohort::console {

using namespace Qt::StringLiterals;
using Kind = CommunityTree::Kind;

namespace {

QString iconName(Kind kind)
{
    switch (kind) {
    case Kind::Deployment:
        return u"group"_s;
    case Kind::Home:
        return u"home"_s;
    case Kind::Participant:
        return u"person"_s;
    default:
        return u"device"_s;
    }
}

// Adds the icon of its kind to each name; models have none.
class IconFilter : public PillDelegate
{
public:
    using PillDelegate::PillDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        PillDelegate::initStyleOption(option, index);
        if (index.column() != CommunityTree::Name)
            return;
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(18, 18);
        option->icon = icon(iconName(static_cast<Kind>(index.data(KindRole).toInt())), theme().faint);
    }
};

QString textOf(const model::Deployment& one)
{
    const model::DeploymentFigures& figures = one.figures;
    return QStringList{Pages::tr("Time zone: %1").arg(one.timeZone),
                       Pages::tr("Homes: %1").arg(figures.locations),
                       Pages::tr("Participants: %1").arg(figures.participants),
                       Pages::tr("Devices: %1, connected: %2").arg(figures.devices).arg(figures.devicesConnected),
                       one.allowTokenlessDevices ? Pages::tr("Devices without tokens are allowed.")
                                                 : Pages::tr("Every device needs a token."),
                       Pages::tr("A script may send %1 messages an hour to a person, and %2 alerts and %3 commands an "
                                 "hour in a home.")
                           .arg(one.budgets.messagesPerHour)
                           .arg(one.budgets.alertsPerHour)
                           .arg(one.budgets.commandsPerHour),
                       Pages::tr("No consent is asked for (simulation, teaching, own devices).")}
        .join(u'\n');
}

QString clockOf(const model::Location& home)
{
    switch (home.clock) {
    case model::LocationClock::Real:
        return Pages::tr("Clock: real");
    case model::LocationClock::Events:
        return Pages::tr("Clock: that of its events");
    }
    return {};
}

QString textOf(const model::Location& one)
{
    QStringList rooms;
    for (const model::Room& room : one.rooms)
        rooms.append(words::roomName(room.kind, room.name));
    return QStringList{Pages::tr("Time zone: %1").arg(one.timeZone), clockOf(one),
                       Pages::tr("Rooms: %1").arg(rooms.isEmpty() ? Pages::tr("none") : rooms.join(u", "_s)),
                       Pages::tr("Devices: %1, connected: %2, reporting: %3")
                           .arg(one.figures.devices)
                           .arg(one.figures.devicesConnected)
                           .arg(one.figures.devicesReporting),
                       Pages::tr("Last measurement: %1").arg(words::agoNow(one.figures.lastMeasurement))}
        .join(u'\n');
}

QString textOf(const model::Participant& one)
{
    QStringList lines{Pages::tr("Code: %1").arg(one.code),
                      Pages::tr("Language: %1").arg(words::language(one.language))};
    for (const model::ParticipantRole& role : one.roles)
        lines.append(words::homeRole(role.role) + u": "_s + role.locationName);
    const model::PersonalData person = one.personal.value_or(model::PersonalData{});
    for (const auto& contact : {person.email, person.phone}) {
        if (contact && !contact->isEmpty())
            lines.append(*contact);
    }
    if (one.openQuestions > 0)
        lines.append(Pages::tr("%n question(s) without answer", nullptr, one.openQuestions));
    return lines.join(u'\n');
}

QString textOf(const model::Device& one)
{
    QStringList lines{Pages::tr("Identifier: %1").arg(one.key)};
    if (!one.typeName.isEmpty())
        lines.append(Pages::tr("Type: %1").arg(words::deviceType(one.typeName)));
    if (!one.use.isEmpty())
        lines.append(Pages::tr("Use: %1").arg(words::deviceUse(one.use)));
    if (one.place.room)
        lines.append(Pages::tr("Room: %1").arg(words::roomName(one.place.room)));
    if (!one.place.gatewayKey.isEmpty())
        lines.append(Pages::tr("Behind the gateway %1").arg(one.place.gatewayKey));
    lines.append(one.life.connected ? Pages::tr("Connected") : Pages::tr("Not connected"));
    lines.append(Pages::tr("Last measurement: %1").arg(words::agoNow(one.life.lastMeasurement)));
    for (const model::Stream& stream : one.streams)
        lines.append(u"  "_s + stream.name + u": "_s + words::value(stream.latest, stream.unit));
    return lines.join(u'\n');
}

} // namespace

void StudyFilter::find(const QString& text)
{
    m_text = text;
    setFilterFixedString(text);
}

void StudyFilter::setStudy(DeploymentId study)
{
    m_study = study;
    invalidateFilter();
}

bool StudyFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    QModelIndex top = m_tree.index(row, 0, parent);
    while (top.parent().isValid())
        top = top.parent();
    const auto* deployment = m_tree.as<model::Deployment>(top);
    if (!deployment || deployment->id != m_study)
        return false;
    const auto* device = m_tree.as<model::Device>(m_tree.index(row, 0, parent));
    return (device && device->key.contains(m_text, Qt::CaseInsensitive)) ||
           QSortFilterProxyModel::filterAcceptsRow(row, parent);
}

DeploymentsPage::DeploymentsPage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), m_ui(std::make_unique<Ui::DeploymentsPage>()), m_tree(workspace, this),
      m_change(new ObjectMenu(workspace, notices(), this))
{
    m_ui->setupUi(body());
    m_searchSettle.setSingleShot(true);
    m_searchSettle.setInterval(std::chrono::milliseconds(250));
    connect(&m_searchSettle, &QTimer::timeout, this, &DeploymentsPage::find);
    connect(m_ui->search, &QLineEdit::textChanged, this, [this] { m_searchSettle.start(); });
    m_again.setInterval(std::chrono::seconds(10));
    m_again.start();
    connect(&m_again, &QTimer::timeout, this, &DeploymentsPage::refresh);
    connect(&workspace, &Workspace::studyChanged, this, &DeploymentsPage::refresh);
    connect(&workspace, &Workspace::deploymentsChanged, this,
            &DeploymentsPage::refresh); // on coming here, reconnecting
    connect(&m_tree, &CommunityTree::failed, notices(), [this](const Error& error) {
        notices()->showError(error, [this] { this->workspace().reloadDeployments(); });
    });
    setUpTree();
    setUpButtons();
    followStudy();
}

DeploymentsPage::~DeploymentsPage() = default;

void DeploymentsPage::setUpTree()
{
    m_filter.setSourceModel(&m_tree);
    m_filter.setRecursiveFilteringEnabled(true);
    m_filter.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter.setAutoAcceptChildRows(true);
    m_ui->tree->setModel(&m_filter);
    m_ui->tree->setItemDelegate(new IconFilter(this));
    m_ui->tree->setUniformRowHeights(true);
    m_ui->tree->setIndentation(20);
    m_ui->tree->setTextElideMode(Qt::ElideMiddle); // ids differ at their ends
    m_ui->tree->header()->setStretchLastSection(false);
    m_ui->tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_ui->tree->header()->setMinimumSectionSize(140); // the names of devices are three steps in
    m_ui->tree->setColumnWidth(1, 180);
    m_ui->tree->setColumnWidth(2, 160);
    m_ui->splitter->setStretchFactor(0, 2);
    m_ui->splitter->setStretchFactor(1, 1);
    m_ui->splitter->setSizes({680, 330});
    connect(m_ui->tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DeploymentsPage::showDetail);
    connect(&m_tree, &QAbstractItemModel::dataChanged, this, &DeploymentsPage::showDetail);
    connect(m_ui->tree, &QTreeView::doubleClicked, this, [this] {
        if (currentHome())
            Q_EMIT openHome(currentHome());
    });
    m_ui->nothingFound->hide();
    connect(&m_filter, &QAbstractItemModel::rowsInserted, this, &DeploymentsPage::showFound);
    connect(&m_filter, &QAbstractItemModel::rowsRemoved, this, &DeploymentsPage::showFound);
    // A tree with one deployment opens by itself.
    connect(&m_filter, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex& parent) {
        if (!parent.isValid() && m_filter.rowCount() > 0)
            m_ui->tree->expand(m_filter.index(0, 0));
        if (m_searchSettle.isActive() || !m_ui->search->text().isEmpty())
            m_ui->tree->expand(parent);
    });
}

void DeploymentsPage::setUpButtons()
{
    for (QPushButton* button : {m_ui->newDeployment, m_ui->newHome, m_ui->newParticipant, m_ui->newDevice})
        button->setIcon(icon(u"plus"_s));
    m_ui->change->setMenu(m_change);
    connect(m_change, &ObjectMenu::deploymentsChanged, &workspace(), &Workspace::reloadDeployments);
    connect(m_change, &ObjectMenu::homesChanged, this, [this](DeploymentId of) { m_tree.reload(of); });
    connect(m_change, &ObjectMenu::homeChanged, this, [this](LocationId home) { m_tree.reload(home); });
    connect(&workspace(), &Workspace::deploymentChanged, this, &DeploymentsPage::followStudy);
    connect(m_ui->newDeployment, &QPushButton::clicked, this, &DeploymentsPage::makeDeployment);
    connect(m_ui->newHome, &QPushButton::clicked, this, &DeploymentsPage::makeHome);
    connect(m_ui->newParticipant, &QPushButton::clicked, this, &DeploymentsPage::makeParticipant);
    connect(m_ui->newDevice, &QPushButton::clicked, this, &DeploymentsPage::makeDevice);
    connect(m_ui->openHome, &QPushButton::clicked, this, [this] { Q_EMIT openHome(currentHome()); });
    connect(m_ui->newCode, &QPushButton::clicked, this, [this] {
        if (const auto* one = m_tree.as<model::Participant>(current()))
            perform(
                notices(), [this, id = one->id] { return workspace().community().newEnrolmentCode(id); },
                [this, label = one->label()](const model::EnrolmentCode& code) {
                    Page::open(new SecretDialog(label, code, this), currentHomeName());
                });
    });
    connect(m_ui->newToken, &QPushButton::clicked, this, [this] {
        if (const auto* one = m_tree.as<model::Device>(current()))
            askNewToken(*one);
    });
}

// The device stops posting when its old token ends and nobody has put in the new one.
void DeploymentsPage::askNewToken(const model::Device& one)
{
    const QString until = words::momentHere(QDateTime::currentDateTime().addDays(1));
    confirmEnd(this,
               {Pages::tr("New token"), Pages::tr("Make a new token for “%1”?").arg(one.label()),
                Pages::tr("It is shown once. The old one works until %1; by then the new one has to be in the device.")
                    .arg(until),
                Pages::tr("Make it")},
               [this, id = one.id, label = one.label(), home = currentHomeName()] {
                   perform(
                       notices(), [this, id] { return workspace().community().newToken(id); },
                       [this, label, home](const model::DeviceSecret& secret) {
                           Page::open(new SecretDialog(label, secret, this), home);
                       });
               });
}

// The side bar says which study it is; what is chosen in the tree never does.
void DeploymentsPage::followStudy()
{
    m_ui->tree->setCurrentIndex({});
    m_filter.setStudy(workspace().deployment());
    if (isVisible() && m_filter.rowCount() > 0)
        m_ui->tree->expand(m_filter.index(0, 0));
    showButtons();
    showDetail();
}

// The homes, and the people and devices that are in sight.
void DeploymentsPage::refresh()
{
    if (!isVisible())
        return;
    QList<LocationId> open;
    const int bottom = m_ui->tree->viewport()->height();
    for (QModelIndex row = m_ui->tree->indexAt({0, 0}); row.isValid() && m_ui->tree->visualRect(row).top() < bottom;
         row = m_ui->tree->indexBelow(row)) {
        const auto* home = m_tree.as<model::Location>(m_filter.mapToSource(row.parent()));
        if (home && !open.contains(home->id))
            open.append(home->id);
    }
    m_tree.refresh(workspace().deployment(), open);
}

void DeploymentsPage::activate()
{
    workspace().reloadDeployments();
    showButtons();
    if (m_filter.rowCount() > 0)
        m_ui->tree->expand(m_filter.index(0, 0));
}

void DeploymentsPage::showButtons()
{
    const bool may = workspace().mayCoordinate() && workspace().deployment();
    m_ui->newDeployment->setVisible(workspace().me().isAdmin());
    for (QPushButton* button : {m_ui->newHome, m_ui->newParticipant, m_ui->newDevice})
        button->setEnabled(may);
}

QModelIndex DeploymentsPage::current() const
{
    return m_filter.mapToSource(m_ui->tree->currentIndex());
}

LocationId DeploymentsPage::currentHome() const
{
    for (QModelIndex index = current(); index.isValid(); index = index.parent()) {
        if (const auto* home = m_tree.as<model::Location>(index))
            return home->id;
    }
    return {};
}

QString DeploymentsPage::currentHomeName() const
{
    for (QModelIndex index = current(); index.isValid(); index = index.parent()) {
        if (const auto* home = m_tree.as<model::Location>(index))
            return home->name;
    }
    return {};
}

DeploymentId DeploymentsPage::currentDeployment() const
{
    for (QModelIndex index = current(); index.isValid(); index = index.parent()) {
        if (const auto* deployment = m_tree.as<model::Deployment>(index))
            return deployment->id;
    }
    return {};
}

void DeploymentsPage::showDetail()
{
    const QModelIndex index = current();
    const Kind kind = m_tree.kind(index);
    const bool may = workspace().me().mayCoordinate(currentDeployment());
    m_ui->openHome->setVisible(bool(currentHome()));
    m_ui->newCode->setVisible(kind == Kind::Participant && may);
    m_ui->newToken->setVisible(kind == Kind::Device && may);
    m_ui->change->setVisible(m_change->offer(m_tree, index));
    const QModelIndex state = index.siblingAtColumn(CommunityTree::State);
    m_ui->detailPill->setState(state.data().toString(), state.data(ToneRole).value<Tone>());
    m_ui->detailTitle->setText(index.isValid() ? index.siblingAtColumn(CommunityTree::Name).data().toString()
                                               : Pages::tr("Nothing chosen"));
    m_ui->detailIcon->setPixmap(index.isValid() ? icon(iconName(kind), theme().accent).pixmap(22, 22) : QPixmap());
    if (const auto* deployment = m_tree.as<model::Deployment>(index)) {
        m_ui->detailText->setText(textOf(*deployment));
    } else if (const auto* home = m_tree.as<model::Location>(index)) {
        m_ui->detailText->setText(textOf(*home));
    } else if (const auto* participant = m_tree.as<model::Participant>(index)) {
        m_ui->detailText->setText(textOf(*participant));
    } else if (const auto* device = m_tree.as<model::Device>(index)) {
        m_ui->detailText->setText(textOf(*device));
    } else {
        m_ui->detailText->setText(
            workspace().deployments().isEmpty()
                ? Pages::tr("Make a deployment first: it holds the homes, people and devices of one study.")
                : Pages::tr("Choose a deployment, a home, a person or a device on the left."));
    }
}

void DeploymentsPage::find()
{
    const QString text = m_ui->search->text().trimmed();
    m_filter.find(text);
    m_tree.search(text, [this, text](bool found) {
        m_unknown = found ? QString() : text;
        showFound();
    });
    if (!text.isEmpty())
        m_ui->tree->expandToDepth(1);
}

// Said when the server has answered, too.
void DeploymentsPage::showFound()
{
    const QString text = m_ui->search->text().trimmed();
    m_ui->nothingFound->setText(Pages::tr("Nothing found for “%1”.").arg(text));
    m_ui->nothingFound->setVisible(!text.isEmpty() && text == m_unknown && m_filter.rowCount() == 0);
}

void DeploymentsPage::withHomes(const std::function<void(const QList<model::Location>&)>& then)
{
    perform(
        notices(), [this] { return workspace().community().homes(workspace().deployment()); },
        [this, then, study = workspace().deployment()](const model::Page<model::Location>& homes) {
            if (study == workspace().deployment())
                then(homes.items);
        });
}

void DeploymentsPage::make(const QString& what)
{
    if (what == "deployment"_L1)
        makeDeployment();
    else if (what == "home"_L1)
        makeHome();
    else if (what == "person"_L1)
        makeParticipant();
    else if (what == "device"_L1)
        makeDevice();
}

void DeploymentsPage::makeDeployment()
{
    auto* dialog = new DeploymentDialog(workspace(), this); // of no study yet
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DeploymentDialog::made, this, [this] { workspace().reloadDeployments(); });
    dialog->open();
}

void DeploymentsPage::makeHome()
{
    auto* dialog = new HomeDialog(workspace(), this);
    connect(dialog, &HomeDialog::made, this, [this](const model::Location& home) { m_tree.reload(home.deployment); });
    Page::open(dialog);
}

void DeploymentsPage::makeParticipant()
{
    withHomes([this](const QList<model::Location>& homes) {
        auto* dialog = new ParticipantDialog(workspace(), homes, currentHome(), this);
        connect(dialog, &ParticipantDialog::made, this, [this](const model::EnrolledParticipant& made) {
            for (const model::ParticipantRole& role : made.participant.roles)
                m_tree.reload(role.location);
            const auto& roles = made.participant.roles;
            Page::open(new SecretDialog(made.participant.label(), made.code, this),
                       roles.isEmpty() ? QString() : roles.first().locationName);
        });
        Page::open(dialog);
    });
}

void DeploymentsPage::makeDevice()
{
    withHomes([this](const QList<model::Location>& homes) {
        auto* dialog = new DeviceDialog(workspace(), homes, currentHome(), this);
        connect(dialog, &DeviceDialog::made, this, [this](const model::RegisteredDevice& made) {
            m_tree.reload(made.device.place.location);
            Page::open(new SecretDialog(made.device.label(), made.secret, this), made.device.place.locationName);
        });
        Page::open(dialog);
    });
}

} // namespace cohort::console
