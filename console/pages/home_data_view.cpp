#include "console/pages/home_data_view.h"

#include "console/models/home_lanes.h"
#include "console/models/words.h"
#include "console/pages/perform.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "ui_home_data_view.h"

#include <QFileDialog>
#include <QMenu>
#include <QSaveFile>
#include <QStandardPaths>
#include <QtConcurrentRun>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Minute = 60'000, Hour = 60 * Minute, Day = 24 * Hour;
constexpr int MostLanes = 16; // at first; more by the menu

// Runs in the pool; says what went wrong.
Result<QString> writeFile(const QString& path, const QString& text)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0 || !file.commit())
        return fail(ErrorCode::Unavailable, Pages::tr("“%1” cannot be written: %2").arg(path, file.errorString()));
    return path;
}

} // namespace

HomeDataView::HomeDataView(Workspace& workspace, HomeModel& home, NoticeBar* notices, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_home(home), m_notices(notices),
      m_ui(std::make_unique<Ui::HomeDataView>())
{
    m_ui->setupUi(this);
    m_ui->span->addItem(Pages::tr("10 minutes"), 10 * Minute);
    m_ui->span->addItem(Pages::tr("1 hour"), Hour);
    m_ui->span->addItem(Pages::tr("6 hours"), 6 * Hour);
    m_ui->span->addItem(Pages::tr("1 day"), Day);
    m_ui->span->addItem(Pages::tr("1 week"), 7 * Day);
    m_ui->span->addItem(Pages::tr("4 weeks"), 28 * Day);
    m_ui->span->addItem(Pages::tr("1 year"), 365 * Day);
    m_ui->span->setCurrentIndex(1);
    m_ui->live->setIcon(icon(u"live"_s));
    m_ui->live->setChecked(true);
    m_ui->earlier->setIcon(icon(u"back"_s));
    m_ui->later->setIcon(icon(u"chevron-right"_s));
    m_ui->streams->setIcon(icon(u"chart"_s));
    m_ui->exportCsv->setIcon(icon(u"export"_s));
    m_ui->streams->setMenu(new QMenu(this));
    m_ui->exportCsv->setMenu(new QMenu(this));
    StreamChart* chart = m_ui->chart;
    connect(m_ui->span, &QComboBox::activated, this, &HomeDataView::spanChosen);
    connect(m_ui->live, &QPushButton::clicked, this, &HomeDataView::spanChosen);
    connect(m_ui->earlier, &QPushButton::clicked, chart, [chart] {
        chart->setRange(chart->from() - (chart->to() - chart->from()) / 2, (chart->from() + chart->to()) / 2);
    });
    connect(m_ui->later, &QPushButton::clicked, chart, [chart] {
        chart->setRange((chart->from() + chart->to()) / 2, chart->to() + (chart->to() - chart->from()) / 2);
    });
    connect(chart, &StreamChart::rangeChanged, m_ui->live, &QPushButton::setChecked);
    connect(chart, &StreamChart::rangeChanged, this, [this] { showLater(); });
    connect(chart, &StreamChart::failed, notices, [this](const Error& error) { m_notices->showError(error); });
    connect(&home, &HomeModel::changed, this, &HomeDataView::homeChanged);
    connect(&home, &HomeModel::sampled, this, [chart](const QList<model::LiveSample>& samples) {
        for (const model::LiveSample& sample : samples)
            chart->append(sample.stream, pointOf(sample.time, sample.value));
    });
    m_ui->chartCard->hide();
}

HomeDataView::~HomeDataView() = default;

void HomeDataView::setHasNoHome(bool none)
{
    m_hasNoHome = none;
    showLanes();
}

void HomeDataView::homeChanged()
{
    const model::Location& home = m_home.home().location;
    const bool another = std::exchange(m_shown, home.id) != home.id;
    if (another) {
        m_hidden.clear();
        m_ui->chart->setLanes(m_workspace, {});
        m_ui->chart->setZone(words::zoneOf(home.timeZone));
        const auto newest = home.figures.lastMeasurement;
        const bool ofEvents = home.clock == model::LocationClock::Events && newest;
        m_ui->chart->setNow(ofEvents ? toMs(*newest) : 0);
        spanChosen();
        for (const HomeLane& lane : lanesOf(m_home).mid(MostLanes))
            m_hidden.insert(lane.stream.value);
    }
    fillMenus();
    showLanes();
}

void HomeDataView::fillMenus()
{
    m_ui->streams->menu()->clear();
    m_ui->exportCsv->menu()->clear();
    for (const HomeLane& lane : lanesOf(m_home)) {
        const QString title = QString(lane.title).replace(u'&', u"&&"_s);
        QAction* show = m_ui->streams->menu()->addAction(title);
        show->setCheckable(true);
        show->setChecked(!m_hidden.contains(lane.stream.value));
        connect(show, &QAction::toggled, this, [this, id = lane.stream.value](bool on) {
            on ? (void)m_hidden.remove(id) : (void)m_hidden.insert(id);
            showLanes();
        });
        connect(m_ui->exportCsv->menu()->addAction(title), &QAction::triggered, this,
                [this, id = lane.stream] { exportStream(id); });
    }
}

void HomeDataView::showLanes()
{
    QList<LaneWish> wishes;
    for (const HomeLane& lane : lanesOf(m_home)) {
        if (!m_hidden.contains(lane.stream.value))
            wishes.append({lane.stream, {lane.title, lane.place, lane.unit}, lane.onChange});
    }
    m_ui->chart->setLanes(m_workspace, wishes);
    m_ui->chartCard->setVisible(!wishes.isEmpty());
    m_ui->empty->setVisible(wishes.isEmpty());
    for (QWidget* button : std::initializer_list<QWidget*>{m_ui->live, m_ui->earlier})
        button->setEnabled(!wishes.isEmpty());
    showLater();
    const bool hasStreams = !m_ui->streams->menu()->isEmpty();
    for (QWidget* button : std::initializer_list<QWidget*>{m_ui->streams, m_ui->exportCsv})
        button->setEnabled(hasStreams);
    m_ui->empty->setText(
        hasStreams           ? Pages::tr("No stream is chosen. Choose one under “Streams”.")
        : m_hasNoHome        ? Pages::tr("No home in this deployment yet. Make one on the page “Deployments”.")
        : !m_home.isLoaded() ? QString()
        : m_home.home().devices.isEmpty()
            ? Pages::tr("No device in this home yet. Register one on the page “Deployments”; its data appears here.")
            : Pages::tr("Nothing measured yet. As soon as a device posts, its streams appear here."));
}

// Live ends at now: later than that there is nothing.
void HomeDataView::showLater()
{
    m_ui->later->setEnabled(m_ui->chart->laneCount() > 0 && !m_ui->chart->isLive());
}

void HomeDataView::spanChosen()
{
    m_ui->chart->showLive(m_ui->span->currentData().toLongLong());
}

void HomeDataView::exportStream(StreamId stream)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString path = QFileDialog::getSaveFileName(
        this, Pages::tr("Export CSV"), folder + u"/stream-%1.csv"_s.arg(stream.value), Pages::tr("CSV (*.csv)"));
    if (!path.isEmpty())
        exportTo(stream, path);
}

void HomeDataView::exportTo(StreamId stream, const QString& path)
{
    const qint64 from = m_ui->chart->from();
    const qint64 to = m_ui->chart->to();
    perform(
        m_notices, [this, stream, from, to] { return m_workspace.community().exportSeries(stream, from, to); },
        [this, path](const model::ExportedFile& file) { save(path, file); });
}

void HomeDataView::save(const QString& path, const model::ExportedFile& file)
{
    perform(
        m_notices, [path, csv = file.csv] { return QtConcurrent::run([path, csv] { return writeFile(path, csv); }); },
        [this](const QString& written) { m_notices->showText(Pages::tr("Saved as %1").arg(written), Tone::Good); });
}

} // namespace cohort::console
