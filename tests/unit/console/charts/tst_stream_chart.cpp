// Lanes over one time axis: a range that stays sensible, mouse, wheel and keys, live samples in their own lane.

#include "console/charts/stream_chart.h"
#include "console/models/words.h"
#include "console/models/workspace.h"
#include "console/net/rpc_client.h"

#include <QApplication>
#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>
#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 T0 = 1'767'225'600'000;  // 2026-01-01
constexpr qint64 Now = 4'102'444'800'000; // 2100: what is tested is past, whatever the day
constexpr int Left = StreamLane::LabelWidth + StreamLane::AxisWidth;

SeriesPoint at(qint64 time, double value)
{
    SeriesPoint point;
    point.time = time;
    point.value = point.least = point.greatest = value;
    return point;
}

LaneWish wish(qint64 stream, bool onChange)
{
    return {StreamId{stream}, {u"Stove"_s, u"kitchen"_s, u"W"_s}, onChange};
}

const QValueAxis* axis(const StreamLane* lane, Qt::Orientation orientation)
{
    return static_cast<const QValueAxis*>(lane->chart()->axes(orientation).first());
}

void turnWheel(StreamLane* lane, double x, int delta, Qt::KeyboardModifiers held = Qt::ControlModifier)
{
    const QPointF place(x, 20);
    QWheelEvent event(place, lane->viewport()->mapToGlobal(place), {}, {0, delta}, Qt::NoButton, held,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(lane->viewport(), &event);
}

} // namespace

class TestStreamChart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_client = std::make_unique<RpcClient>();
        m_workspace = std::make_unique<Workspace>(*m_client);
        m_chart = std::make_unique<StreamChart>();
        m_chart->setLanes(*m_workspace, {wish(1, true), wish(2, false)});
        m_chart->setZone(QTimeZone::utc());
        m_chart->resize(Left + StreamLane::RightMargin + 1000, 400);
        m_chart->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_chart.get()));
        m_chart->setNow(Now);
        m_chart->setRange(T0, T0 + 100'000);
    }
    void cleanup()
    {
        m_chart.reset();
        m_workspace.reset();
        m_client.reset();
    }

    void aRangeStaysSensible_data();
    void aRangeStaysSensible();
    void theWheelZoomsAroundTheCursor_data();
    void theWheelZoomsAroundTheCursor();
    void finding_theWheelAloneScrollsTheLanes(); // nor does it over the names
    void finding_nothingIsShownOfTheFuture_data();
    void finding_nothingIsShownOfTheFuture();
    void finding_largeNumbersOfTheAxisKeepTheirLeftDigits();
    void zoomingInEndsAtTwoSeconds();
    void draggingMovesTheRange();
    void keysMoveAndZoom_data();
    void keysMoveAndZoom();
    void aNewSampleGoesToItsOwnLane();
    void aChosenRangeIsNotLive();
    void liveFollowsTheDatasClock();
    void lanesThatStayKeepTheirData();
    void stepsStandOnZeroAndSlopesFloat_data();
    void stepsStandOnZeroAndSlopesFloat();
    void aLaneDrawsWhatItsSourceHas();
    void finding_F23_aLaneSaysThatTextsAmongItsNumbersAreNotDrawn();

    // Ids of one home differ at their ends: names that are cut still differ.
    void finding_analyst_longNamesThatAreCutDiffer()
    {
        const auto picture = [this](const QString& title) {
            auto* source = new StreamSource(*m_workspace, StreamId{1}, nullptr);
            StreamLane lane(source, {title, u"kitchen"_s, u"W"_s}, false, 0, nullptr);
            lane.resize(700, 76);
            lane.show();
            return lane.grab().toImage();
        };
        const QString same = u"night-rest-hamburg-home-2-sensor-"_s;
        QVERIFY(picture(same + u"stove · power"_s) != picture(same + u"fridge · power"_s));
    }

private:
    StreamLane* lane(qint64 stream) const
    {
        for (StreamLane* one : m_chart->findChildren<StreamLane*>()) {
            if (one->source()->stream() == StreamId{stream})
                return one;
        }
        return nullptr;
    }
    qint64 span() const { return m_chart->to() - m_chart->from(); }

    std::unique_ptr<RpcClient> m_client;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<StreamChart> m_chart;
};

void TestStreamChart::aRangeStaysSensible_data()
{
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("to");
    QTest::addColumn<qint64>("expectedFrom");
    QTest::addColumn<qint64>("expectedSpan");
    const qint64 longest = 20LL * 366 * 86'400'000, latest = Now;
    QTest::newRow("as it is") << T0 << T0 + 5'000 << T0 << qint64(5'000);
    QTest::newRow("nothing") << T0 << T0 << T0 << qint64(2'000);
    QTest::newRow("backwards") << T0 << T0 - 5'000 << T0 << qint64(2'000);
    QTest::newRow("just the shortest") << T0 << T0 + 2'000 << T0 << qint64(2'000);
    QTest::newRow("too long") << qint64(0) << latest << qint64(0) << longest;
    QTest::newRow("before 1970") << qint64(-50'000) << qint64(50'000) << qint64(0) << qint64(100'000);
    QTest::newRow("after now") << latest << latest + 10'000 << latest - 10'000 << qint64(10'000);
}

void TestStreamChart::aRangeStaysSensible()
{
    QFETCH(qint64, from);
    QFETCH(qint64, to);
    QFETCH(qint64, expectedFrom);
    QFETCH(qint64, expectedSpan);
    m_chart->setRange(from, to);
    QCOMPARE(m_chart->from(), expectedFrom);
    QCOMPARE(span(), expectedSpan);
    QCOMPARE(axis(lane(1), Qt::Horizontal)->min(), double(expectedFrom));
    QCOMPARE(axis(lane(2), Qt::Horizontal)->max(), double(expectedFrom + expectedSpan));
}

void TestStreamChart::theWheelZoomsAroundTheCursor_data()
{
    QTest::addColumn<int>("delta");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("up: nearer") << 120 << qint64(80'000);
    QTest::newRow("two steps up") << 240 << qint64(64'000);
    QTest::newRow("down: farther") << -120 << qint64(125'000);
}

void TestStreamChart::theWheelZoomsAroundTheCursor()
{
    QFETCH(int, delta);
    QFETCH(qint64, expected);
    const double place = Left + (lane(1)->width() - Left - StreamLane::RightMargin) / 4.0;
    turnWheel(lane(1), place, delta);
    QVERIFY2(qAbs(span() - expected) <= 2, qPrintable(QString::number(span())));
    const qint64 around = T0 + 25'000; // stays a quarter from the left
    QVERIFY(qAbs(m_chart->from() - (around - expected / 4)) <= 200);
}

void TestStreamChart::finding_theWheelAloneScrollsTheLanes()
{
    turnWheel(lane(1), Left + 300, 120, Qt::NoModifier);
    QCOMPARE(span(), qint64(100'000));
    turnWheel(lane(1), 20, 120);
    QCOMPARE(span(), qint64(100'000));
}

void TestStreamChart::finding_nothingIsShownOfTheFuture_data()
{
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("to");
    QTest::newRow("across now") << T0 - 10'000 << T0 + 90'000;
    QTest::newRow("behind now") << T0 + 5'000 << T0 + 105'000;
    QTest::newRow("up to now") << T0 - 100'000 << T0;
}

void TestStreamChart::finding_nothingIsShownOfTheFuture()
{
    QFETCH(qint64, from);
    QFETCH(qint64, to);
    m_chart->setNow(T0);
    lane(1)->source()->append(at(T0 - 50'000, 1)); // a state that holds
    m_chart->setRange(from, to);
    QCOMPARE(m_chart->to(), T0);
    QCOMPARE(span(), qint64(100'000));
    QVERIFY(m_chart->isLive());
    const auto* steps = static_cast<const QAreaSeries*>(lane(1)->chart()->series().first())->upperSeries();
    QCOMPARE(steps->points().last().x(), double(T0));
    for (int i = 0; i < 10; ++i)
        turnWheel(lane(1), Left + 900, -120);
    QCOMPARE(m_chart->to(), T0);
    QTest::keyClick(m_chart.get(), Qt::Key_Right);
    QCOMPARE(m_chart->to(), T0);
    QTest::keyClick(m_chart.get(), Qt::Key_Left);
    QVERIFY(m_chart->to() < T0 && !m_chart->isLive());
}

void TestStreamChart::finding_largeNumbersOfTheAxisKeepTheirLeftDigits()
{
    const QFontMetrics metrics(m_chart->font());
    for (const double value : {123456789012.0, 9007199254740992.0, -9007199254740992.0, 1.5e300}) {
        const QString label = StreamLane::axisLabel(value, 0, metrics);
        QVERIFY2(label.contains(u'e') && QLocale().toDouble(label) != 0, qPrintable(label));
        QVERIFY2(qAbs(QLocale().toDouble(label) / value - 1) < 0.5, qPrintable(label));
    }
    QFont small = m_chart->font();
    small.setPixelSize(11);
    QVERIFY(QFontMetrics(small).horizontalAdvance(StreamLane::axisLabel(123456789012.0, 0, QFontMetrics(small))) <=
            StreamLane::AxisRoom);
    QCOMPARE(StreamLane::axisLabel(23, 0, QFontMetrics(small)), words::number(23, 0)); // fits
}

void TestStreamChart::zoomingInEndsAtTwoSeconds()
{
    for (int i = 0; i < 100; ++i)
        turnWheel(lane(2), Left + 300, 120);
    QVERIFY(span() >= 2'000 && span() < 2'600);
}

void TestStreamChart::draggingMovesTheRange()
{
    QWidget* plot = lane(1)->viewport();
    const int pixels = lane(1)->width() - Left - StreamLane::RightMargin;
    QTest::mousePress(plot, Qt::LeftButton, {}, QPoint(Left + pixels / 2, 20));
    QTest::mouseMove(plot, QPoint(Left + pixels / 4, 20));
    QTest::mouseRelease(plot, Qt::LeftButton, {}, QPoint(Left + pixels / 4, 20));
    QCOMPARE(span(), qint64(100'000));
    QVERIFY2(qAbs(m_chart->from() - (T0 + 25'000)) <= 200, qPrintable(QString::number(m_chart->from() - T0)));
}

void TestStreamChart::keysMoveAndZoom_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("span");
    QTest::newRow("left") << Qt::Key_Left << qint64(-20'000) << qint64(100'000);
    QTest::newRow("right") << Qt::Key_Right << qint64(20'000) << qint64(100'000);
    QTest::newRow("plus") << Qt::Key_Plus << qint64(15'000) << qint64(70'000);
    QTest::newRow("minus") << Qt::Key_Minus << qint64(-20'000) << qint64(140'000);
    QTest::newRow("any other") << Qt::Key_A << qint64(0) << qint64(100'000);
}

void TestStreamChart::keysMoveAndZoom()
{
    QFETCH(Qt::Key, key);
    QTest::keyClick(m_chart.get(), key);
    QTEST(m_chart->from() - T0, "from");
    QTEST(span(), "span");
}

void TestStreamChart::aNewSampleGoesToItsOwnLane()
{
    m_chart->setNow(T0 + 60'000);
    m_chart->showLive(60'000);
    m_chart->append(StreamId{2}, at(T0 + 61'000, 7));
    QVERIFY(lane(1)->source()->series().points.isEmpty());
    QCOMPARE(lane(2)->source()->series().points.size(), 1);
    QCOMPARE(lane(2)->source()->series().points.first().value, 7.0);
}

void TestStreamChart::aChosenRangeIsNotLive()
{
    QSignalSpy changed(m_chart.get(), &StreamChart::rangeChanged);
    m_chart->showLive(60'000);
    QVERIFY(m_chart->isLive());
    m_chart->setRange(T0, T0 + 5'000);
    QVERIFY(!m_chart->isLive());
    m_chart->append(StreamId{1}, at(T0 + 1'000, 7));
    QVERIFY(lane(1)->source()->series().points.isEmpty());
    QCOMPARE(changed, (QList<QList<QVariant>>{{true}, {false}}));
}

void TestStreamChart::liveFollowsTheDatasClock()
{
    m_chart->setNow(T0);
    m_chart->showLive(60'000);
    QCOMPARE(m_chart->to(), T0);
    QCOMPARE(span(), qint64(60'000));
    m_chart->setNow(T0 + 30'000);
    QCOMPARE(m_chart->to(), T0 + 30'000);
    QCOMPARE(span(), qint64(60'000));
    m_chart->append(StreamId{1}, at(T0 + 45'000, 1)); // newer than the clock so far
    m_chart->showLive(10'000);
    QCOMPARE(m_chart->to(), T0 + 45'000);
}

void TestStreamChart::lanesThatStayKeepTheirData()
{
    const QPointer<StreamLane> stays = lane(2), goes = lane(1);
    stays->source()->append(at(T0, 5));
    m_chart->setLanes(*m_workspace, {wish(3, true), wish(2, false)});
    QCOMPARE(m_chart->laneCount(), 2);
    QCOMPARE(lane(2), stays.data());
    QCOMPARE(lane(2)->source()->series().points.size(), 1);
    QTRY_VERIFY(!goes);
    m_chart->setLanes(*m_workspace, {});
    QCOMPARE(m_chart->laneCount(), 0);
}

void TestStreamChart::stepsStandOnZeroAndSlopesFloat_data()
{
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<double>("stepBottom");
    QTest::addColumn<double>("slopeBottom");
    QTest::addColumn<double>("slopeTop");
    QTest::newRow("above zero") << QList<double>{100, 200} << 0.0 << 92.0 << 208.0;
    QTest::newRow("below zero") << QList<double>{-200, -100} << -200.0 << -208.0 << -92.0;
    QTest::newRow("all the same") << QList<double>{50, 50} << 0.0 << 49.6 << 55.4;
    QTest::newRow("all zero") << QList<double>{0, 0} << 0.0 << -0.08 << 1.08;
}

void TestStreamChart::stepsStandOnZeroAndSlopesFloat()
{
    QFETCH(QList<double>, values);
    for (StreamLane* one : {lane(1), lane(2)}) {
        for (qsizetype i = 0; i < values.size(); ++i)
            one->source()->append(at(T0 + i * 1'000, values.at(i)));
    }
    QTEST(axis(lane(1), Qt::Vertical)->min(), "stepBottom");
    QTEST(axis(lane(2), Qt::Vertical)->min(), "slopeBottom");
    QTEST(axis(lane(2), Qt::Vertical)->max(), "slopeTop");
}

void TestStreamChart::finding_F23_aLaneSaysThatTextsAmongItsNumbersAreNotDrawn()
{
    const QString place = lane(1)->label().place;
    lane(1)->source()->append({T0 + 1'000, 5, 5, 5, {}, 1});
    QCOMPARE(lane(1)->caption(), place);
    lane(1)->source()->append({T0 + 2'000, 0, 0, 0, u"unknown"_s, 1});
    QVERIFY2(lane(1)->caption().startsWith(u"numbers; 1 text"_s), qPrintable(lane(1)->caption()));
    QVERIFY(lane(1)->accessibleDescription().contains(lane(1)->caption()));
    QCOMPARE(lane(2)->caption(), lane(2)->label().place);
}

void TestStreamChart::aLaneDrawsWhatItsSourceHas()
{
    for (StreamLane* one : {lane(1), lane(2)}) {
        one->source()->append(at(T0 + 10'000, 3));
        one->source()->append(at(T0 + 20'000, 4));
        QCOMPARE(one->chart()->series().size(), 1);
    }
    const auto* steps = static_cast<const QAreaSeries*>(lane(1)->chart()->series().first())->upperSeries();
    const QList<QPointF> held{
        {double(T0 + 10'000), 3}, {double(T0 + 20'000), 3}, {double(T0 + 20'000), 4}, {double(T0 + 100'000), 4}};
    QCOMPARE(steps->points(), held);
    const auto* slope = static_cast<const QLineSeries*>(lane(2)->chart()->series().first());
    QCOMPARE(slope->points(), (QList<QPointF>{{double(T0 + 10'000), 3}, {double(T0 + 20'000), 4}}));
    QVERIFY(!m_chart->grab().isNull());
}

QTEST_MAIN(TestStreamChart)
#include "tst_stream_chart.moc"
