// The tree of the community where branches fail, go away while they load, change, and where people search.

#include "console/models/community_tree.h"
#include "tests/console/filled.h"
#include "tests/console/signed_in.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

model::Deployment deploymentOf(qint64 id, const QString& name)
{
    auto deployment = filled<model::Deployment>();
    deployment.figures = {};
    deployment.id = DeploymentId{id};
    deployment.name = name;
    return deployment;
}

model::Page<model::Location> homesOf(const QList<qint64>& ids)
{
    model::Page<model::Location> page;
    for (const qint64 id : ids) {
        page.items.append(filled<model::Location>());
        page.items.last().figures = {};
        page.items.last().id = LocationId{id};
        page.items.last().name = u"Home %1"_s.arg(id);
    }
    return page;
}

} // namespace

class TestCommunityTree : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<SignedIn> m_console;
    std::unique_ptr<CommunityTree> m_tree;

    Peer& peer() { return m_console->peer; }
    QModelIndex deployment() const { return m_tree->index(0, 0); }
    QModelIndex home(int row) const { return m_tree->index(row, 0, deployment()); }
    bool open(const QModelIndex& branch, int rows)
    {
        const QPersistentModelIndex kept(branch);
        m_tree->fetchMore(branch);
        return SignedIn::until([&] { return m_tree->rowCount(kept) == rows; });
    }
    QString text(const QModelIndex& index, int column) const { return index.siblingAtColumn(column).data().toString(); }
    QVariant tone(const QModelIndex& index) const { return index.siblingAtColumn(CommunityTree::State).data(ToneRole); }

private Q_SLOTS:
    void init()
    {
        m_console = std::make_unique<SignedIn>(u"full"_s);
        QVERIFY(m_console->isIn);
        m_tree = std::make_unique<CommunityTree>(m_console->workspace, nullptr);
        QCOMPARE(m_tree->rowCount(), 2);
    }
    void cleanup()
    {
        m_tree.reset();
        m_console.reset();
    }

    void aBranchThatFailsCanBeOpenedAgain()
    {
        peer().on(u"location.list"_s, [](const QJsonObject&) { return PeerError{u"database-lost"_s, {}}; });
        QSignalSpy failed(m_tree.get(), &CommunityTree::failed);
        m_tree->reload(DeploymentId{1});
        QTRY_VERIFY(failed.count() > 0);
        QCOMPARE(failed.last().first().value<Error>().code, ErrorCode::DatabaseLost);
        QTRY_VERIFY(m_tree->canFetchMore(deployment()));
        QVERIFY(m_tree->hasChildren(deployment())); // it may have some
        answer<protocol::LocationList>(peer(), [](const auto&) { return homesOf({1, 2}); });
        QVERIFY(open(deployment(), 2));
        QVERIFY(!m_tree->canFetchMore(deployment()));
        QCOMPARE(peer().lastOf(u"location.list"_s), (QJsonObject{{u"deployment"_s, 1}, {u"limit"_s, ListLimitMost}}));
    }

    void whatIsAskedAgainChangesInItsPlace()
    {
        answer<protocol::LocationList>(peer(), [](const auto&) { return homesOf({1, 2}); });
        QVERIFY(open(deployment(), 2));
        QVERIFY(open(home(0), 9));
        const QPersistentModelIndex chosen(m_tree->index(0, 0, home(0)));
        answer<protocol::LocationList>(peer(), [](const auto&) {
            auto page = homesOf({1, 2});
            page.items.last().figures.openAlerts = 2;
            return page;
        });
        const int loads = peer().count(u"location.get"_s);
        m_tree->refresh(DeploymentId{1}, {LocationId{1}, LocationId{2}});
        QTRY_COMPARE(tone(home(1)).value<Tone>(), Tone::Bad);
        QTRY_COMPARE(peer().count(u"location.get"_s), loads + 1); // the other one was never opened
        QVERIFY(chosen.isValid());
        peer().on(u"location.list"_s, [](const QJsonObject&) { return PeerError{u"database-lost"_s, {}}; });
        QSignalSpy failed(m_tree.get(), &CommunityTree::failed);
        m_tree->refresh(DeploymentId{1}, {});
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(m_tree->rowCount(deployment()), 2);
        QVERIFY(chosen.isValid());
    }

    void anEmptyBranchIsKnownToBeEmpty()
    {
        answer<protocol::LocationList>(peer(), [](const auto&) { return homesOf({}); });
        m_tree->reload(DeploymentId{1});
        QTRY_VERIFY(!m_tree->hasChildren(deployment()));
        QVERIFY(!m_tree->canFetchMore(deployment()));
        answer<protocol::LocationList>(peer(), [](const auto&) { return homesOf({5}); });
        m_tree->reload(DeploymentId{1}); // one was made
        QTRY_COMPARE(m_tree->rowCount(deployment()), 1);
        QCOMPARE(text(home(0), CommunityTree::Name), u"Home 5"_s);
        QCOMPARE(home(0).data(Qt::ToolTipRole).toString(), u"<span>Home 5</span>"_s);
        QCOMPARE(text(home(0), CommunityTree::State), QString());
        QVERIFY(!tone(home(0)).isValid());
    }

    void anAnswerForAHomeThatIsGoneIsLeftOut()
    {
        QVERIFY(open(deployment(), 7));
        QSignalSpy failed(m_tree.get(), &CommunityTree::failed);
        answer<protocol::LocationList>(peer(), [](const auto&) { return homesOf({2}); });
        answer<protocol::LocationGet>(peer(), [&](const protocol::LocationGet& wanted) {
            auto home = filled<model::Home>();
            home.location.id = wanted.id;
            return home;
        });
        m_tree->reload(DeploymentId{1}); // answered first
        m_tree->reload(LocationId{1});
        QTRY_COMPARE(m_tree->rowCount(deployment()), 1);
        QTRY_COMPARE(peer().count(u"location.get"_s), 1);
        QVERIFY(SignedIn::answerOf(m_console->client.call(u"server.info"_s)));
        QCOMPARE(m_tree->as<model::Location>(home(0))->id, LocationId{2});
        QCOMPARE(m_tree->rowCount(home(0)), 0);
        QCOMPARE(failed.count(), 0);
    }

    void figuresOfDeploymentsChangeWithoutClosingBranches()
    {
        QVERIFY(open(deployment(), 7));
        const QPersistentModelIndex kept = home(3);
        auto first = deploymentOf(1, u"Renamed"_s);
        first.figures.locations = 8;
        first.figures.devices = 1;
        answer<protocol::DeploymentList>(peer(), [first](const auto&) {
            return model::Page<model::Deployment>{{first, deploymentOf(2, u"Other"_s)}, false};
        });
        QCOMPARE(tone(deployment()), QVariant::fromValue(Tone::Bad)); // alerts were open
        m_console->workspace.reloadDeployments();
        QTRY_COMPARE(text(deployment(), CommunityTree::Name), u"Renamed"_s);
        QCOMPARE(text(deployment(), CommunityTree::Details), u"8 home(s), 1 device(s)"_s);
        QVERIFY(!tone(deployment()).isValid());
        QVERIFY(kept.isValid());
        QCOMPARE(m_tree->rowCount(deployment()), 7);
    }

    void otherDeploymentsAreAnotherTree()
    {
        QVERIFY(open(deployment(), 7));
        const QPersistentModelIndex kept = home(3);
        answer<protocol::DeploymentList>(peer(), [](const auto&) {
            return model::Page<model::Deployment>{{deploymentOf(2, u"Other"_s), deploymentOf(1, u"First"_s)}, false};
        });
        m_console->workspace.reloadDeployments();
        QTRY_COMPARE(text(deployment(), CommunityTree::Name), u"Other"_s);
        QVERIFY(!kept.isValid());
        m_console->workspace.leave();
        QCOMPARE(m_tree->rowCount(), 0);
    }

    void aHomesStateIsItsAlertsElseItsData()
    {
        model::Page<model::Location> page = homesOf({1, 2, 3, 4});
        page.items[0].figures = {6, 6, 6, 2, 1, {}};
        page.items[1].figures = {6, 6, 5, 0, 3, {}};
        page.items[2].figures = {6, 0, 6, 0, 0, {}};
        answer<protocol::LocationList>(peer(), [page](const auto&) { return page; });
        m_tree->reload(DeploymentId{1});
        QTRY_COMPARE(m_tree->rowCount(deployment()), 4);
        QCOMPARE(text(home(0), CommunityTree::State), u"2 alert(s)"_s);
        QCOMPARE(tone(home(0)), QVariant::fromValue(Tone::Bad));
        QCOMPARE(text(home(1), CommunityTree::State), u"5 of 6 reporting"_s);
        QCOMPARE(tone(home(1)), QVariant::fromValue(Tone::Warning));
        QCOMPARE(tone(home(2)), QVariant::fromValue(Tone::Good)); // data counts, not the connection
        QVERIFY(!tone(home(3)).isValid());
        QCOMPARE(text(home(1), CommunityTree::Details), u"6 device(s), 3 person(s)"_s);
    }

    void peopleAndDevicesAreNamedAsFarAsIsAllowed()
    {
        auto content = filled<model::Home>();
        content.location.id = LocationId{1};
        model::Participant& person = content.participants.first();
        person.code = u"P-0101"_s;
        person.personal = {};
        person.roles = {{LocationId{1}, {}, model::HomeRole::Caregiver, 1, {}},
                        {LocationId{2}, {}, model::HomeRole::Caregiver, 1, {}},
                        {LocationId{3}, {}, model::HomeRole::Resident, 1, {}}};
        model::Device& device = content.devices.first();
        device.typeName = u"Bed sensor"_s;
        device.place.room = model::Room{RoomId{1}, u"living"_s, {}};
        device.life.reporting = model::Reporting::Silent;
        content.devices.append(device);
        content.devices[1].description.clear();
        content.devices[1].key = u"mat-2"_s;
        content.devices[1].typeName.clear();
        content.devices[1].place.room = {};
        answer<protocol::LocationGet>(peer(), [content](const auto&) { return content; });
        QVERIFY(open(deployment(), 7));
        m_tree->reload(LocationId{1});
        QTRY_COMPARE(m_tree->rowCount(home(0)), 3);
        const QModelIndex one = m_tree->index(0, 0, home(0)), bed = m_tree->index(1, 0, home(0));
        QCOMPARE(text(one, CommunityTree::Name), u"P-0101"_s);
        QCOMPARE(text(one, CommunityTree::Details), u"caregiver, resident"_s);
        QCOMPARE(m_tree->kind(one), CommunityTree::Kind::Participant);
        QCOMPARE(text(bed, CommunityTree::Details), u"Bed sensor, living room"_s);
        QCOMPARE(text(bed, CommunityTree::State), u"silent"_s);
        QCOMPARE(bed.data(KindRole).toInt(), int(CommunityTree::Kind::Device));
        const QModelIndex bare = m_tree->index(2, 0, home(0));
        QCOMPARE(text(bare, CommunityTree::Name), u"mat-2"_s);
        QCOMPARE(text(bare, CommunityTree::Details), u"–"_s);
        QVERIFY(!m_tree->canFetchMore(bare));
        QCOMPARE(bare.parent().parent(), deployment());
    }

    void aSearchAsksOnceAndLeavesOpenBranchesAlone()
    {
        QVERIFY(open(deployment(), 7));
        const int asked = peer().count(u"device.list"_s);
        m_tree->search(u" s "_s);
        m_tree->search(QString());
        QVERIFY(SignedIn::answerOf(m_console->client.call(u"server.info"_s)));
        QCOMPARE(peer().count(u"device.list"_s), asked);
        m_tree->search(u"  p-0107 "_s); // a code, however it is written
        QTRY_COMPARE(m_tree->rowCount(home(0)), 9);
        QCOMPARE(peer().lastOf(u"device.list"_s),
                 (QJsonObject{{u"deployment"_s, 1}, {u"search"_s, u"p-0107"_s}, {u"limit"_s, 50}}));
        const int loads = peer().count(u"location.get"_s);
        m_tree->search(u"seidel"_s);
        QTRY_COMPARE(peer().count(u"participant.list"_s), 2);
        QVERIFY(SignedIn::answerOf(m_console->client.call(u"server.info"_s)));
        QCOMPARE(peer().count(u"location.get"_s), loads);
    }

    void aSearchThatFailsIsSaid()
    {
        const auto refuse = [](const QJsonObject&) { return PeerError{u"access-denied"_s, {}}; };
        peer().on(u"device.list"_s, refuse);
        QSignalSpy failed(m_tree.get(), &CommunityTree::failed);
        m_tree->search(u"bed"_s);
        QTRY_COMPARE(failed.count(), 1);
        peer().on(u"participant.list"_s, refuse);
        m_tree->search(u"bed"_s);
        QTRY_COMPARE(failed.count(), 3);
        QCOMPARE(failed.last().first().value<Error>().code, ErrorCode::AccessDenied);
    }
};

QTEST_GUILESS_MAIN(TestCommunityTree)
#include "tst_community_tree.moc"
