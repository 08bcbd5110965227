#include "console/pages/overview_page.h"

#include "console/models/words.h"
#include "console/pages/text.h"
#include "ui_overview_page.h"

#include <QGridLayout>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

enum Figure { People, Connected, Reporting, Alerts, Posts, Latency, Scripts, ComposerState };

} // namespace

OverviewPage::OverviewPage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), m_ui(std::make_unique<Ui::OverviewPage>()), m_model(workspace, this)
{
    m_ui->setupUi(body());
    const QStringList titles{Pages::tr("Participants"),      Pages::tr("Devices connected"),
                             Pages::tr("Devices reporting"), Pages::tr("Open alerts"),
                             Pages::tr("Posts per second"),  Pages::tr("Time to store, all studies"),
                             Pages::tr("Scripts running"),   Pages::tr("Composer, all studies")};
    auto* grid = new QGridLayout(m_ui->tiles);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(12);
    for (int i = 0; i < titles.size(); ++i) {
        m_tiles.append(new Tile(titles.at(i)));
        grid->addWidget(m_tiles.last(), i / 4, i % 4);
        grid->setColumnStretch(i % 4, 1);
    }
    m_ui->attention->setRows(&m_model, {140, 0, 200, 120});
    watch(&m_model);
    connect(&m_model, &OverviewModel::figuresChanged, this, &OverviewPage::showFigures);
    connect(m_ui->attention, &DataTable::opened, this, &OverviewPage::open);
    connect(&workspace, &Workspace::deploymentChanged, this, [this] {
        if (isVisible())
            activate();
    });
    connect(&workspace, &Workspace::deploymentsChanged, this, [this] {
        if (isVisible() && this->workspace().me().account.id && !this->workspace().deployment())
            activate(); // none is known by now, or was not loaded before
    });
    connect(&workspace, &Workspace::left, &m_model, &OverviewModel::forget);
    connect(&workspace.link(), &ServerLink::liveChanged, this, &OverviewPage::showFigures);
}

OverviewPage::~OverviewPage() = default;

void OverviewPage::activate()
{
    const QString name = deploymentName(workspace());
    m_ui->pageTitle->setTextFormat(Qt::PlainText);
    m_ui->pageTitle->setText(name.isEmpty() ? Pages::tr("Overview") : name);
    if (!workspace().knowsDeployments())
        m_ui->attention->setEmptyText(Pages::tr("Not loaded"),
                                      Pages::tr("What went wrong stands above; “Retry” tries again."));
    else if (workspace().deployments().isEmpty())
        m_ui->attention->setEmptyText(Pages::tr("No deployment yet"),
                                      Pages::tr("Make the first one on the page “Deployments”, then a home in it."));
    else if (!workspace().mayCoordinate()) // the list is none of an analyst's, and so says nothing
        m_ui->attention->setEmptyText(Pages::tr("The figures alone"),
                                      Pages::tr("What needs attention is shown to those who coordinate the study."));
    else
        m_ui->attention->setEmptyText(Pages::tr("Loading …"), {}); // until the figures are there
    m_model.show(workspace().deployment());
    if (!workspace().link().isLive())
        showFigures(); // what was there before
    loadZones();
}

// Without them times are told in the operator's zone, by its name; nothing else waits for them.
void OverviewPage::loadZones()
{
    const DeploymentId study = workspace().deployment();
    if (!study || !workspace().mayCoordinate())
        return;
    perform(
        notices(), [this, study] { return workspace().community().homes(study); },
        [this, study](const auto& homes) {
            if (study == workspace().deployment())
                m_model.putHomes(homes.items);
        });
}

void OverviewPage::deactivate()
{
    m_model.stop();
}

// What an empty list says beside these figures: well is only what is known to be. The list is none of an analyst's.
void OverviewPage::showEmptyText(const model::Overview& overview)
{
    if (workspace().deployments().isEmpty() || !workspace().mayCoordinate())
        return;
    const model::OverviewFigures& now = overview.figures;
    if (now.devices > 0 && now.devicesConnected == 0 && now.devicesReporting == 0)
        m_ui->attention->setEmptyText(Pages::tr("No device is there"),
                                      Pages::tr("None is connected, and none sends data."));
    else if (now.scriptsRunning > 0 && overview.composer.status == model::ComposerStatus::Off)
        m_ui->attention->setEmptyText(Pages::tr("Nothing needs your attention now"),
                                      Pages::tr("No script runs on this server: the tile “Composer” says why."));
    else if (now.openAlerts > 0)
        m_ui->attention->setEmptyText(Pages::tr("Nothing needs your attention now"),
                                      Pages::tr("Open alerts are put off: the page “Alerts” shows them."));
    else if (now.devices > now.devicesReporting)
        m_ui->attention->setEmptyText(Pages::tr("Nothing needs your attention now"),
                                      Pages::tr("Not every device sends data: the page “Deployments” shows which."));
    else if (now.devices > 0 && now.devicesConnected == 0)
        m_ui->attention->setEmptyText(Pages::tr("Nothing needs your attention now"),
                                      Pages::tr("Every device sends data; none keeps a connection."));
    else
        m_ui->attention->setEmptyText(Pages::tr("All is well"), Pages::tr("Nothing needs your attention now."));
}

void OverviewPage::showFigures()
{
    if (!m_model.figures()) {
        for (Tile* tile : std::as_const(m_tiles))
            tile->setValue(u"–"_s);
        return;
    }
    const model::OverviewFigures& now = m_model.figures()->figures;
    if (!workspace().link().isLive()) {
        showOld(now);
        return;
    }
    showEmptyText(*m_model.figures());
    const auto ofAll = [&](int part) {
        return now.devices == 0 ? Tone::Neutral : part == now.devices ? Tone::Good : Tone::Warning;
    };
    m_tiles[People]->setValue(QString::number(now.participants));
    m_tiles[Connected]->setValue(QString::number(now.devicesConnected), Pages::tr("of %1").arg(now.devices),
                                 now.devices > 0 && now.devicesConnected + now.devicesReporting == 0 ? Tone::Bad
                                                                                                     : Tone::Neutral);
    m_tiles[Reporting]->setValue(QString::number(now.devicesReporting), Pages::tr("of %1").arg(now.devices),
                                 ofAll(now.devicesReporting));
    m_tiles[Alerts]->setValue(QString::number(now.openAlerts),
                              now.urgentAlerts > 0 ? Pages::tr("%n urgent", nullptr, now.urgentAlerts) : QString(),
                              now.urgentAlerts > 0 ? Tone::Bad
                              : now.openAlerts > 0 ? Tone::Warning
                                                   : Tone::Good);
    m_tiles[Posts]->setValue(words::figure(m_model.figures()->postsPerSecond, 1), Pages::tr("all studies"));
    m_tiles[Latency]->setValue(
        words::figure(m_model.figures()->ingestP50Ms, 1, u"ms"_s),
        Pages::tr("slowest 1 %: %1").arg(words::figure(m_model.figures()->ingestP99Ms, 1, u"ms"_s)));
    m_tiles[Scripts]->setValue(QString::number(now.scriptsRunning));
    const model::ComposerState& composer = m_model.figures()->composer;
    const words::Word state = words::composerStatus(composer.status);
    m_tiles[ComposerState]->setValue(state.text, composer.reason, state.tone);
}

// What was counted last, in grey and with no judgement; what is a state is not known.
void OverviewPage::showOld(const model::OverviewFigures& last)
{
    if (workspace().deployment() && workspace().mayCoordinate())
        m_ui->attention->setEmptyText(
            Pages::tr("Not known now"),
            Pages::tr("The server is not heard; what needs attention meanwhile is not known."));
    const QString ofDevices = Pages::tr("of %1").arg(last.devices);
    m_tiles[People]->setOld(QString::number(last.participants));
    m_tiles[Connected]->setOld(QString::number(last.devicesConnected), ofDevices);
    m_tiles[Reporting]->setOld(QString::number(last.devicesReporting), ofDevices);
    m_tiles[Alerts]->setOld(QString::number(last.openAlerts));
    m_tiles[Scripts]->setOld(QString::number(last.scriptsRunning));
    for (const Figure unknown : {Posts, Latency, ComposerState})
        m_tiles[unknown]->setOld(u"–"_s);
}

void OverviewPage::open(int row)
{
    const model::Attention* attention = m_model.at(row);
    if (!attention)
        return;
    switch (attention->kind) {
    case model::AttentionKind::Alert:
        Q_EMIT openAlert(AlertId{attention->object.section(u':', 1).toLongLong()});
        break;
    case model::AttentionKind::ScriptError:
    case model::AttentionKind::ScriptPaused:
        Q_EMIT openPage(u"composer"_s);
        break;
    case model::AttentionKind::Unanswered:
    case model::AttentionKind::UnreadMessage:
        Q_EMIT openPage(u"messages"_s);
        break;
    case model::AttentionKind::HomeOffline:
    case model::AttentionKind::GatewayOffline:
    case model::AttentionKind::DeviceOffline:
    case model::AttentionKind::SilentDevice:
        if (attention->location)
            Q_EMIT openHome(attention->location);
        else // several homes of the study
            Q_EMIT openPage(u"deployments"_s);
        break;
    }
}

} // namespace cohort::console
