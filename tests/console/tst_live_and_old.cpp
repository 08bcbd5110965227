// What pages say while the server is not heard: how old each is, and nothing as well or empty that is not known to be.

#include "console/pages/data_table.h"
#include "console/resources/theme.h"
#include "shared/protocol/operations/server.h"
#include "tests/console/peer_window.h"

#include <QComboBox>
#include <QLabel>
#include <QRegularExpression>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestLiveAndOld : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;

    QString status() { return plainText(child<QWidget>(&m_at.window(), u"statusBar"_s)); }
    // "14:03:22" of "What you see is from …".
    static QString momentIn(const QString& status)
    {
        static const QRegularExpression form(u"What you see is from .*(\\d\\d:\\d\\d:\\d\\d)"_s);
        return form.match(status).captured(1);
    }
    void loseConnection()
    {
        m_at.peer().on(u"session.resume"_s, [](const QJsonObject&) { return PeerError{u"database-lost"_s, {}}; });
        m_at.peer().hangUp();
        QTRY_VERIFY(!m_at.workspace().link().isLive());
    }
    // What stands in the figures' tiles, large.
    static QStringList figures(const QWidget* page)
    {
        QStringList all;
        for (const auto* label : page->findChildren<QLabel*>()) {
            if (label->property("role").toString() == u"figure"_s)
                all.append(label->text());
        }
        return all;
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void finding_frozen_noHomeIsSaidOnlyAfterAnAnswer()
    {
        m_at.start();
        m_at.peer().on(u"location.list"_s, [](const QJsonObject&) { return PeerAnswer::none(); });
        QVERIFY(m_at.enter(u"home"_s));
        const QWidget* page = m_at.window().page(u"home"_s);
        QVERIFY(!plainText(page).contains(u"No home"_s));
        m_at.breakIt(u"location.list"_s, u"timeout"_s);
        QVERIFY(m_at.enter(u"overview"_s));
        QVERIFY(m_at.enter(u"home"_s));
        QVERIFY(m_at.window().page(u"home"_s)->notices()->isShown());
        QVERIFY(!plainText(page).contains(u"No home"_s));
    }

    void finding_frozen_noDeploymentIsSaidOnlyAfterAnAnswer()
    {
        m_at.start();
        m_at.breakIt(u"deployment.list"_s, u"timeout"_s);
        auto* page = m_at.enter(u"overview"_s);
        QVERIFY(page);
        const auto* table = child<DataTable>(page, u"attention"_s);
        QCOMPARE(table->accessibleDescription().section(u'\n', 0, 0), u"Not loaded"_s);
        QCOMPARE(child<QComboBox>(&m_at.window(), u"deployment"_s)->currentText(), u"Not loaded"_s);
        QVERIFY(m_at.enter(u"home"_s));
        QVERIFY(!plainText(m_at.window().page(u"home"_s)).contains(u"No home"_s));
    }

    void finding_offline_eachPageTellsItsOwnMoment()
    {
        m_at.start();
        QVERIFY(m_at.enter(u"alerts"_s));
        QVERIFY(m_at.enter(u"overview"_s));
        QTest::qWait(2100);     // the moments differ by their seconds
        QVERIFY(m_at.settle()); // heard again
        loseConnection();
        const QString now = momentIn(status());
        QVERIFY2(!now.isEmpty(), qPrintable(status()));
        m_at.window().open(u"alerts"_s);
        const QString before = momentIn(status());
        QVERIFY2(!before.isEmpty() && before != now, qPrintable(status()));
        m_at.window().open(u"composer"_s);
        QVERIFY2(status().contains(u"This page was not loaded."_s), qPrintable(status()));
        m_at.window().open(u"overview"_s);
        QCOMPARE(momentIn(status()), now);
    }

    void finding_offline_theOverviewJudgesNothing()
    {
        m_at.start();
        model::Overview well;
        well.figures.devices = well.figures.devicesConnected = well.figures.devicesReporting = 3;
        well.composer.status = model::ComposerStatus::Running;
        answer<protocol::OverviewGet>(m_at.peer(), [well](const auto&) { return well; });
        auto* page = m_at.enter(u"overview"_s);
        QVERIFY(page);
        QVERIFY(figures(page).contains(u"Running"_s));
        const auto* table = child<DataTable>(page, u"attention"_s);
        QTRY_COMPARE(table->accessibleDescription().section(u'\n', 0, 0), u"All is well"_s);
        loseConnection();
        QVERIFY(!figures(page).contains(u"Running"_s));
        QCOMPARE(figures(page).last(), u"–"_s);
        const QString good = theme().tone(Tone::Good).name();
        for (const auto* label : page->findChildren<QLabel*>())
            QVERIFY2(!label->styleSheet().contains(good), qPrintable(label->text()));
        QCOMPARE(table->accessibleDescription().section(u'\n', 0, 0), u"Not known now"_s);
        m_at.window().open(u"alerts"_s);
        m_at.window().open(u"overview"_s); // nor to who comes back to it
        QCOMPARE(table->accessibleDescription().section(u'\n', 0, 0), u"Not known now"_s);
        answer<protocol::SessionResume>(m_at.peer(), [](const auto&) {
            return model::OperatorSession{u"t"_s,
                                          fromMs(QDateTime::currentMSecsSinceEpoch() + 60'000),
                                          {OperatorId{1}, u"vera@example.org"_s, {}, true},
                                          {{DeploymentId{}, model::OperatorRole::Admin}}};
        });
        m_at.workspace().link().retryNow();
        QTRY_VERIFY(figures(page).contains(u"Running"_s));
        QTRY_COMPARE(table->accessibleDescription().section(u'\n', 0, 0), u"All is well"_s);
    }

    void finding_banner_isGoneWithTheConnectionThatItMissed()
    {
        m_at.start();
        auto* page = m_at.enter(u"deployments"_s);
        QVERIFY(page);
        m_at.peer().hangUp();
        QTRY_VERIFY(!m_at.workspace().link().isLive());
        QVERIFY(PeerWindow::press(page, u"newParticipant"_s));
        QTRY_VERIFY(page->notices()->isShown());
        QTRY_VERIFY(m_at.workspace().link().isLive());
        QVERIFY(!page->notices()->isShown());
    }
};

QTEST_MAIN(TestLiveAndOld)
#include "tst_live_and_old.moc"
