// What dialogs check while one types, and what they begin with.

#include "console/pages/dialogs.h"
#include "console/resources/theme.h"
#include "shared/protocol/operations/participant.h"
#include "tests/console/peer_window.h"

#include <QComboBox>
#include <QLineEdit>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestContactsAndZones : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;
    std::unique_ptr<QDialog> m_dialog;

    void begin(model::OperatorRole role = model::OperatorRole::Admin, bool maySeeNames = true)
    {
        m_at.start();
        m_at.beAn(role, {}, maySeeNames);
        QVERIFY(m_at.enter(u"overview"_s));
    }
    QList<model::Location> homes()
    {
        const auto future = m_at.workspace().community().homes(DeploymentId{1});
        const bool came = QTest::qWaitFor([&future] { return future.isFinished(); }, 5000);
        return came ? future.result()->items : QList<model::Location>();
    }
    template <typename Dialog, typename... Rest>
    void show(Rest&&... rest)
    {
        m_dialog = std::make_unique<Dialog>(m_at.workspace(), std::forward<Rest>(rest)..., nullptr);
        m_dialog->show();
    }
    QLineEdit* line(const QString& name) const { return child<QLineEdit>(m_dialog.get(), name); }
    QComboBox* box(const QString& name) const { return child<QComboBox>(m_dialog.get(), name); }
    NoticeBar* bar() const { return m_dialog->findChild<NoticeBar*>(); }
    // Presses as an impatient person does, twice.
    bool submit()
    {
        const bool pressed = PeerWindow::press(m_dialog.get(), u"ok"_s);
        PeerWindow::press(m_dialog.get(), u"ok"_s);
        return pressed && m_at.settle();
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup()
    {
        m_dialog.reset();
        m_at.end();
    }

    void finding_F30_aContactIsCheckedAsOneTypes_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("good");
        QTest::newRow("no address") << u"email"_s << u"not-an-email"_s << false;
        QTest::newRow("half an address") << u"email"_s << u"anna@"_s << false;
        QTest::newRow("an address") << u"email"_s << u"anna@example.org"_s << true;
        QTest::newRow("letters") << u"phone"_s << u"abc"_s << false;
        QTest::newRow("too short") << u"phone"_s << u"12"_s << false;
        QTest::newRow("a number") << u"phone"_s << u"+43 1 2345678"_s << true;
    }
    void finding_F30_aContactIsCheckedAsOneTypes()
    {
        QFETCH(QString, field);
        QFETCH(QString, typed);
        QFETCH(bool, good);
        begin();
        show<ParticipantDialog>(homes(), LocationId{2});
        line(field)->setText(typed);
        QCOMPARE(line(field)->toolTip().isEmpty(), good);
        QVERIFY(submit());
        QCOMPARE(m_at.peer().count(u"participant.create"_s), good ? 1 : 0);
        if (!good)
            QVERIFY(bar()->text().contains(u"looks like"_s));
    }

    void finding_F29_aNewHomeTakesTheStudysZone()
    {
        begin();
        show<HomeDialog>();
        QCOMPARE(box(u"zone"_s)->currentText(), m_at.workspace().deployments().first().timeZone);
    }
};

QTEST_MAIN(TestContactsAndZones)
#include "tst_contacts_and_zones.moc"
