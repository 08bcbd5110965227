#include "console/pages/home_page.h"

#include "console/models/plain_text.h"
#include "console/models/words.h"
#include "console/pages/home_data_view.h"
#include "console/pages/home_views.h"
#include "console/pages/pause_person.h"
#include "console/pages/small_widgets.h"
#include "console/pages/text.h"
#include "ui_home_page.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

void put(QWidget* view, QWidget* into)
{
    auto* layout = new QVBoxLayout(into);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(view);
}

constexpr int AlertLines = 3;

Tone toneOf(int part, int all)
{
    return all == 0 ? Tone::Neutral : part == all ? Tone::Good : Tone::Warning;
}

} // namespace

HomePage::HomePage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), m_ui(std::make_unique<Ui::HomePage>()), m_home(workspace, this),
      m_timeline(workspace, this), m_alerts(workspace, this)
{
    m_ui->setupUi(body());
    m_data = new HomeDataView(workspace, m_home, notices(), this);
    put(m_data, m_ui->dataTab);
    put(new HomeDevicesView(workspace, m_home, notices(), this), m_ui->devicesTab);
    put(new HomePeopleView(workspace, m_home, notices(), this), m_ui->peopleTab);
    m_ui->timeline->setRows(&m_timeline, {190, 130, 0});
    m_ui->timeline->setEmptyText(
        Pages::tr("Nothing happened yet"),
        Pages::tr("Measurements, facts, alerts, commands and messages of this home appear here."));
    keepRoom(m_ui->alerts); // an alert may come at any moment
    watch(&m_timeline);
    watch(&m_alerts);
    connect(&m_alerts, &QAbstractItemModel::modelReset, this, &HomePage::showAlerts);
    connect(&m_alerts, &QAbstractItemModel::dataChanged, this, &HomePage::showAlerts);
    connect(&m_alerts, &QAbstractItemModel::rowsInserted, this, &HomePage::showAlerts);
    connect(m_ui->showAlert, &QPushButton::clicked, this, [this] { Q_EMIT openAlert(m_worst); });
    connect(m_ui->homes, &QComboBox::activated, this,
            [this] { showHome(LocationId{m_ui->homes->currentData().toLongLong()}); });
    connect(m_ui->homes, &QComboBox::currentTextChanged, this,
            [this](const QString& name) { m_ui->homes->setToolTip(plainToolTip(name)); });
    connect(&m_home, &HomeModel::loadingChanged, notices(), &NoticeBar::setBusy);
    connect(&m_home, &HomeModel::failed, notices(),
            [this](const Error& error) { notices()->showError(error, [this] { m_home.show(m_home.id()); }); });
    connect(&m_home, &HomeModel::changed, this, &HomePage::showHead);
    connect(&m_home, &HomeModel::devicesChanged, this, &HomePage::showHead);
    connect(&workspace.link(), &ServerLink::liveChanged, this, [this](bool live) {
        if (!live || !isVisible() || m_home.isLoaded())
            return;
        loadHomes(); // what failed meanwhile
        if (m_wanted)
            m_home.show(m_wanted);
    });
    connect(&workspace, &Workspace::deploymentChanged, this, [this] {
        forget();
        if (isVisible())
            activate();
    });
    showHead();
    showAlerts();
}

HomePage::~HomePage() = default;

void HomePage::activate()
{
    loadHomes();
    if (m_wanted && m_home.id() != m_wanted)
        m_home.show(m_wanted);
}

// Nothing of the study before stays in sight, or can be acted on, while the homes of this one load.
void HomePage::forget()
{
    m_wanted = {};
    m_ui->homes->clear();
    m_data->setHasNoHome(false); // until the answer says so
    deactivate();
}

void HomePage::deactivate()
{
    m_home.show({});
    m_timelineOf = {};
    m_timeline.show({}, QTimeZone::utc());
    m_alerts.show({}, {}, AlertsModel::Filter::Open);
}

void HomePage::showHome(LocationId home)
{
    m_wanted = home;
    const int row = m_ui->homes->findData(static_cast<qint64>(home.value));
    if (row >= 0)
        m_ui->homes->setCurrentIndex(row);
    if (isVisible())
        m_home.show(home);
}

void HomePage::showTab(const QString& name)
{
    const QStringList names{u"data"_s, u"devices"_s, u"timeline"_s, u"people"_s};
    if (names.contains(name))
        m_ui->tabs->setCurrentIndex(static_cast<int>(names.indexOf(name)));
}

void HomePage::loadHomes()
{
    const DeploymentId deployment = workspace().deployment();
    if (!deployment) {
        if (workspace().knowsDeployments())
            fillHomes({}, true);
        return;
    }
    perform(
        notices(), [this, deployment] { return workspace().community().homes(deployment); },
        [this, deployment](const model::Page<model::Location>& homes) {
            if (deployment == workspace().deployment()) // else another study was chosen meanwhile
                fillHomes(homes.items, !homes.more);
        });
}

void HomePage::fillHomes(const QList<model::Location>& homes, bool whole)
{
    m_ui->homes->clear();
    for (const model::Location& home : homes)
        m_ui->homes->addItem(home.name, static_cast<qint64>(home.id.value));
    m_ui->homes->setEnabled(!homes.isEmpty());
    m_data->setHasNoHome(homes.isEmpty());
    if (homes.isEmpty()) {
        m_ui->homes->addItem(Pages::tr("No home yet"));
        m_home.show({});
    }
    if (whole && m_ui->homes->findData(static_cast<qint64>(m_wanted.value)) < 0)
        m_wanted = {}; // not one of this study
    if (!m_wanted && !homes.isEmpty())
        m_wanted = homes.first().id;
    if (const int row = m_ui->homes->findData(static_cast<qint64>(m_wanted.value)); row >= 0)
        m_ui->homes->setCurrentIndex(row);
    if (isVisible() && m_home.id() != m_wanted)
        m_home.show(m_wanted);
}

void HomePage::showHead()
{
    showPills();
    const model::Location& home = m_home.home().location;
    m_ui->zone->setText(home.timeZone);
    if (!m_home.isLoaded() || m_timelineOf == home.id)
        return;
    m_timelineOf = home.id;
    m_timeline.show(home.id, words::zoneOf(home.timeZone));
    m_alerts.show(home.deployment, home.id, AlertsModel::Filter::Open);
}

void HomePage::showAlerts()
{
    QList<const model::Alert*> open;
    for (int row = 0; row < m_alerts.rowCount(); ++row) {
        if (m_alerts.at(row)->isOpen())
            open.append(m_alerts.at(row));
    }
    std::stable_sort(open.begin(), open.end(), [](const auto* a, const auto* b) { return a->severity > b->severity; });
    QStringList lines;
    for (const model::Alert* alert : open.mid(0, AlertLines)) {
        const QString text = alert->text.isEmpty() ? alert->key : alert->text; // an analyst reads no texts
        lines.append(Pages::tr("%1 (%2, since %3)")
                         .arg(text, words::severity(alert->severity).text,
                              words::moment(alert->life.at, words::zoneOf(alert->origin.timeZone))));
    }
    if (open.size() > AlertLines)
        lines.append(Pages::tr("and %n more", nullptr, static_cast<int>(open.size()) - AlertLines));
    m_worst = open.isEmpty() ? AlertId() : open.first()->id;
    m_ui->alertTexts->setText(lines.join(u'\n'));
    m_ui->alerts->setVisible(!open.isEmpty());
}

void HomePage::showPills()
{
    const model::Location& home = m_home.home().location;
    const QList<model::Device>& devices = m_home.home().devices;
    int connected = 0, reporting = 0;
    for (const model::Device& device : devices) {
        connected += device.life.connected ? 1 : 0;
        reporting += device.life.reporting == model::Reporting::Reporting ? 1 : 0;
    }
    const auto all = static_cast<int>(devices.size());
    const bool there = m_home.isLoaded();
    const bool ofEvents = home.clock == model::LocationClock::Events;
    m_ui->clockPill->setState(there && ofEvents ? Pages::tr("clock of its events") : QString(), Tone::Info);
    m_ui->connectedPill->setState(there ? Pages::tr("%1 of %2 connected").arg(connected).arg(all) : QString(),
                                  toneOf(connected, all));
    m_ui->reportingPill->setState(there ? Pages::tr("%1 of %2 reporting").arg(reporting).arg(all) : QString(),
                                  toneOf(reporting, all));
    const int alerts = home.figures.openAlerts;
    m_ui->alertPill->setState(there && alerts > 0 ? Pages::tr("%n open alert(s)", nullptr, alerts) : QString(),
                              Tone::Bad);
    const auto resting = static_cast<int>(
        std::count_if(m_home.home().participants.begin(), m_home.home().participants.end(), &canResume));
    m_ui->pausedPill->setState(there && resting > 0 ? Pages::tr("%n person(s) paused", nullptr, resting) : QString(),
                               Tone::Warning);
}

} // namespace cohort::console
