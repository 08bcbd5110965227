// Lists that come page after page: what is asked for next, what a failed page leaves, what news do in between.

#include "console/models/admin_models.h"
#include "console/models/alerts_model.h"
#include "console/models/home_tables.h"
#include "console/models/message_models.h"
#include "console/models/script_models.h"
#include "tests/console/filled.h"
#include "tests/console/signed_in.h"

#include <QSet>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

constexpr int PageSize = 200;

model::Alert alertOf(qint64 id, model::AlertState state = model::AlertState::Open)
{
    auto alert = filled<model::Alert>();
    alert.id = AlertId{id};
    alert.life.state = state;
    return alert;
}

// As the server has them: the numbers from `newest` down to 1.
model::Page<model::Alert> alertsUpTo(qint64 newest, const protocol::AlertList& wanted)
{
    model::Page<model::Alert> page;
    const qint64 first = wanted.after ? wanted.after->value - 1 : newest;
    for (qint64 id = first; id > 0 && page.items.size() < wanted.limit.value_or(PageSize); --id)
        page.items.append(alertOf(id));
    page.more = first > page.items.size();
    return page;
}

void haveAlerts(Peer& peer, qint64 newest)
{
    answer<protocol::AlertList>(peer, [newest](const auto& wanted) { return alertsUpTo(newest, wanted); });
}

QList<qint64> idsOf(const RowsModel& model)
{
    QList<qint64> ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.index(row, 0).data(IdRole).toLongLong());
    return ids;
}

bool hasRows(const RowsModel& model, int rows)
{
    return SignedIn::until([&] { return model.rowCount() == rows && !model.isLoading(); });
}

// One row of the operation's list, and the promise of more.
template <typename Operation>
void haveOneAndMore(Peer& peer, const typename Operation::Answer& page)
{
    answer<Operation>(peer, [page](const auto&) { return page; });
}

} // namespace

class TestPaging : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<SignedIn> m_console;

    Peer& peer() { return m_console->peer; }
    Workspace& workspace() { return m_console->workspace; }

private Q_SLOTS:
    void init()
    {
        m_console = std::make_unique<SignedIn>(u"empty"_s);
        QVERIFY(m_console->isIn);
    }
    void cleanup() { m_console.reset(); }

    void scrollsThroughTheWholeListInItsOrder()
    {
        haveAlerts(peer(), 450);
        AlertsModel model(workspace(), nullptr);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::All);
        QVERIFY(hasRows(model, 200));
        QCOMPARE(peer().lastOf(u"alert.list"_s),
                 (QJsonObject{{u"deployment"_s, 1}, {u"state"_s, u"all"_s}, {u"limit"_s, PageSize}}));
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.fetchMore({});
        QVERIFY(hasRows(model, 400));
        QCOMPARE(peer().lastOf(u"alert.list"_s).value("after"_L1).toInt(), 251);
        QVERIFY(model.canFetchMore({}));
        model.fetchMore({});
        QVERIFY(hasRows(model, 450));
        QCOMPARE(peer().lastOf(u"alert.list"_s).value("after"_L1).toInt(), 51);
        QVERIFY(!model.canFetchMore({}));
        model.fetchMore({});
        QCOMPARE(peer().count(u"alert.list"_s), 3);
        QCOMPARE(inserted.count(), 2);
        QCOMPARE(inserted.at(0).mid(1), (QVariantList{200, 399}));
        QCOMPARE(inserted.at(1).mid(1), (QVariantList{400, 449}));
        for (int row = 0; row < 450; ++row)
            QCOMPARE(model.at(row)->id.value, 450 - row);
        QCOMPARE(model.at(450), nullptr);
        QCOMPARE(model.at(-1), nullptr);
    }

    void asksForOnePageAtATime()
    {
        haveAlerts(peer(), 450);
        AlertsModel model(workspace(), nullptr);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::All);
        QVERIFY(hasRows(model, 200));
        model.fetchMore({});
        QVERIFY(model.isLoading());
        QVERIFY(!model.canFetchMore({}));
        model.fetchMore({});
        model.fetchMore({});
        QVERIFY(hasRows(model, 400));
        QCOMPARE(peer().count(u"alert.list"_s), 2);
        QVERIFY(!model.canFetchMore(model.index(0, 0))); // rows have no rows
    }

    void aFailedPageKeepsWhatIsThereAndCanBeAskedForAgain()
    {
        haveAlerts(peer(), 300);
        AlertsModel model(workspace(), nullptr);
        QSignalSpy failed(&model, &RowsModel::failed);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::All);
        QVERIFY(hasRows(model, 200));
        peer().on(u"alert.list"_s, [](const QJsonObject&) { return PeerError{u"busy"_s, u"later"_s, 700}; });
        model.fetchMore({});
        QTRY_COMPARE(failed.count(), 1);
        const auto error = failed.first().first().value<Error>();
        QCOMPARE(error.code, ErrorCode::Busy);
        QCOMPARE(error.retryAfterMs, 700);
        QVERIFY(!model.isLoading());
        QVERIFY(model.isLoaded());
        QCOMPARE(model.rowCount(), 200);
        haveAlerts(peer(), 300);
        QVERIFY(model.canFetchMore({}));
        model.fetchMore({});
        QVERIFY(hasRows(model, 300));
    }

    void aPageThatCannotBeReadIsNamedAndAddsNothing()
    {
        haveAlerts(peer(), 300);
        AlertsModel model(workspace(), nullptr);
        QSignalSpy failed(&model, &RowsModel::failed);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::All);
        QVERIFY(hasRows(model, 200));
        peer().on(u"alert.list"_s, [](const QJsonObject&) {
            QJsonObject spoilt = model::toJson(alertOf(99));
            spoilt.remove(u"severity"_s);
            return QJsonObject{{u"items"_s, QJsonArray{model::toJson(alertOf(100)), spoilt}}, {u"more"_s, false}};
        });
        model.fetchMore({});
        QTRY_COMPARE(failed.count(), 1);
        const auto error = failed.first().first().value<Error>();
        QCOMPARE(error.code, ErrorCode::CannotParse);
        QVERIFY2(error.detail.startsWith(u"alert.list: "_s) && error.detail.contains(u"severity"_s),
                 qPrintable(error.detail));
        QCOMPARE(model.rowCount(), 200);
    }

    void anEmptyPageEndsTheListWhateverItPromises()
    {
        answer<protocol::AlertList>(peer(), [](const protocol::AlertList& wanted) {
            return wanted.after ? model::Page<model::Alert>{{}, true} : alertsUpTo(201, wanted);
        });
        AlertsModel model(workspace(), nullptr);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::All);
        QVERIFY(hasRows(model, 200));
        QSignalSpy loaded(&model, &RowsModel::loaded);
        model.fetchMore({});
        QTRY_COMPARE(loaded.count(), 1);
        QCOMPARE(model.rowCount(), 200);
        QVERIFY(!model.canFetchMore({}));
    }

    void newsOfARowNotYetLoadedDoNotShowItTwice()
    {
        haveAlerts(peer(), 250);
        AlertsModel model(workspace(), nullptr);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::All);
        QVERIFY(hasRows(model, 200));
        notify<protocol::AlertChanged>(peer(), {{alertOf(30, model::AlertState::Acknowledged)}});
        QTRY_COMPARE(model.rowCount(), 201);
        QCOMPARE(model.at(0)->id, AlertId{30});
        model.fetchMore({});
        QVERIFY(SignedIn::until([&] { return !model.isLoading(); }));
        const QList<qint64> ids = idsOf(model);
        QCOMPARE(ids.size(), 250);
        QCOMPARE(QSet<qint64>(ids.begin(), ids.end()).size(), 250);
        QCOMPARE(model.at(0)->id, AlertId{30});
        QCOMPARE(ids.last(), 1);
    }

    void aPageOfRowsThatAreAllThereAddsNoRow()
    {
        haveAlerts(peer(), 201);
        AlertsModel model(workspace(), nullptr);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::All);
        QVERIFY(hasRows(model, 200));
        notify<protocol::AlertChanged>(peer(), {{alertOf(1)}});
        QTRY_COMPARE(model.rowCount(), 201);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.fetchMore({});
        QVERIFY(SignedIn::until([&] { return !model.isLoading(); }));
        QCOMPARE(model.rowCount(), 201);
        QCOMPARE(inserted.count(), 0);
    }

    void loadingAfreshLeavesOutThePageUnderWay()
    {
        haveAlerts(peer(), 450);
        AlertsModel model(workspace(), nullptr);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::All);
        QVERIFY(hasRows(model, 200));
        QSignalSpy loaded(&model, &RowsModel::loaded);
        model.fetchMore({});
        model.reload();
        QTRY_COMPARE(loaded.count(), 1);
        QTRY_COMPARE(peer().count(u"alert.list"_s), 3);
        QVERIFY(!peer().lastOf(u"alert.list"_s).contains("after"_L1));
        QCOMPARE(model.rowCount(), 200);
        QVERIFY(model.canFetchMore({}));
    }

    void anotherChoiceBeginsAtTheStart()
    {
        haveAlerts(peer(), 450);
        AlertsModel model(workspace(), nullptr);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::All);
        QVERIFY(hasRows(model, 200));
        model.show(DeploymentId{2}, LocationId{7}, AlertsModel::Filter::Resolved);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.isLoaded());
        QVERIFY(!model.canFetchMore({}));
        QVERIFY(hasRows(model, 200));
        QCOMPARE(peer().lastOf(u"alert.list"_s),
                 (QJsonObject{
                     {u"deployment"_s, 2}, {u"location"_s, 7}, {u"state"_s, u"resolved"_s}, {u"limit"_s, PageSize}}));
    }

    void aConnectionLostUnderAPageIsSaidAndTheListComesBack()
    {
        haveAlerts(peer(), 300);
        AlertsModel model(workspace(), nullptr);
        QSignalSpy failed(&model, &RowsModel::failed);
        model.show(DeploymentId{1}, {}, AlertsModel::Filter::All);
        QVERIFY(hasRows(model, 200));
        peer().on(u"alert.list"_s, [](const QJsonObject&) { return PeerAnswer::none(); });
        model.fetchMore({});
        QTRY_COMPARE(peer().count(u"alert.list"_s), 2);
        haveAlerts(peer(), 301);
        peer().hangUp();
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::Unavailable);
        QCOMPARE(model.rowCount(), 200); // what was there stays readable meanwhile
        QTRY_COMPARE(peer().count(u"alert.list"_s), 3);
        QTRY_COMPARE(model.at(0)->id, AlertId{301});
        QVERIFY(model.canFetchMore({}));
    }

    void eachListGoesOnAfterItsLastRow()
    {
        CommandsModel commands(workspace(), nullptr);
        haveOneAndMore<protocol::CommandList>(peer(), {{filled<model::Command>()}, true});
        commands.show(LocationId{4});
        RunsModel runs(workspace(), nullptr);
        haveOneAndMore<protocol::ScriptRuns>(peer(), {{filled<model::Run>()}, true});
        runs.show(ScriptId{5});
        ScriptsModel scripts(workspace(), nullptr);
        haveOneAndMore<protocol::ScriptList>(peer(), {{filled<model::Script>()}, true});
        scripts.show(DeploymentId{6});
        MessagesModel messages(workspace(), nullptr);
        haveOneAndMore<protocol::MessageList>(peer(), {{filled<model::Message>()}, true});
        messages.show(DeploymentId{6}, ParticipantId{7});
        AuditModel audit(workspace(), nullptr);
        haveOneAndMore<protocol::AuditQuery>(peer(), {{filled<model::AuditRow>()}, true});
        audit.show({});
        for (RowsModel* model : QList<RowsModel*>{&commands, &runs, &scripts, &messages, &audit}) {
            QVERIFY(hasRows(*model, 1));
            model->fetchMore({});
            QVERIFY(SignedIn::until([model] { return !model->isLoading(); }));
        }
        const auto asked = [this](const QString& method) { return peer().lastOf(method); };
        QCOMPARE(asked(u"command.list"_s), (QJsonObject{{u"location"_s, 4}, {u"limit"_s, 100}, {u"after"_s, 1}}));
        QCOMPARE(asked(u"script.runs"_s), (QJsonObject{{u"id"_s, 5}, {u"limit"_s, 200}, {u"before"_s, 1}}));
        QCOMPARE(asked(u"script.list"_s), (QJsonObject{{u"deployment"_s, 6}, {u"after"_s, 1}}));
        QCOMPARE(asked(u"message.list"_s), (QJsonObject{{u"participant"_s, 7}, {u"limit"_s, 1000}, {u"after"_s, 1}}));
        QCOMPARE(asked(u"audit.query"_s), (QJsonObject{{u"limit"_s, 200}, {u"after"_s, 1}}));
    }

    void theTimelineGoesOnBeforeItsOldestMoment()
    {
        auto entry = filled<model::TimelineEntry>();
        entry.time = fromMs(1'750'000'000'000);
        haveOneAndMore<protocol::TimelineQuery>(peer(), {{entry}, true});
        TimelineModel model(workspace(), nullptr);
        model.show(LocationId{4}, QTimeZone::utc());
        QVERIFY(hasRows(model, 1));
        const QJsonObject first = peer().lastOf(u"timeline.query"_s);
        const auto until = QDateTime::fromString(first.value("to"_L1).toString(), Qt::ISODateWithMs);
        const qint64 ahead = QDateTime::currentDateTimeUtc().msecsTo(until);
        QVERIFY2(ahead > 500'000 && ahead <= 600'000, qPrintable(QString::number(ahead))); // clocks differ
        entry.time = fromMs(1'740'000'000'000);
        haveOneAndMore<protocol::TimelineQuery>(peer(), {{entry}, false});
        model.fetchMore({});
        QVERIFY(hasRows(model, 2));
        const QString to = peer().lastOf(u"timeline.query"_s).value("to"_L1).toString();
        QCOMPARE(QDateTime::fromString(to, Qt::ISODateWithMs).toMSecsSinceEpoch(), 1'749'999'999'999);
    }

    void aMessageBehindWhatIsLoadedComesWithItsPage()
    {
        const auto messageOf = [](qint64 id) {
            auto message = filled<model::Message>();
            message.id = MessageId{id};
            message.participant = ParticipantId{7};
            return message;
        };
        haveOneAndMore<protocol::MessageList>(peer(), {{messageOf(1), messageOf(2)}, true});
        MessagesModel model(workspace(), nullptr);
        model.show(DeploymentId{1}, ParticipantId{7});
        QVERIFY(hasRows(model, 2));
        auto read = messageOf(2);
        read.life.state = model::MessageState::Read;
        notify<protocol::MessageChanged>(peer(), {{messageOf(5)}, {read}});
        QTRY_COMPARE(model.at(1)->life.state, model::MessageState::Read);
        QCOMPARE(idsOf(model), (QList<qint64>{1, 2}));
        haveOneAndMore<protocol::MessageList>(peer(), {{messageOf(3), messageOf(4), messageOf(5)}, false});
        model.fetchMore({});
        QVERIFY(hasRows(model, 5));
        QCOMPARE(peer().lastOf(u"message.list"_s).value("after"_L1).toInt(), 2);
        QCOMPARE(idsOf(model), (QList<qint64>{1, 2, 3, 4, 5}));
        notify<protocol::MessageChanged>(peer(), {{messageOf(6)}}); // all is loaded: it comes at once
        QTRY_COMPARE(model.rowCount(), 6);
    }

    void aMessageThatComesUnderTheLastPageIsAskedForAfterIt()
    {
        const auto pageOf = [](const QList<qint64>& ids, bool more) {
            model::Page<model::Message> page{{}, more};
            for (const qint64 id : ids) {
                page.items.append(filled<model::Message>());
                page.items.last().id = MessageId{id};
            }
            return page;
        };
        haveOneAndMore<protocol::MessageList>(peer(), pageOf({1}, true));
        MessagesModel model(workspace(), nullptr);
        model.show(DeploymentId{1}, ParticipantId{1});
        QVERIFY(hasRows(model, 1));
        answer<protocol::MessageList>(peer(), [&](const auto&) {
            notify<protocol::MessageChanged>(peer(), {{pageOf({3}, false).items.first()}}); // too late for this answer
            return pageOf({2}, false);
        });
        model.fetchMore({});
        QVERIFY(hasRows(model, 2));
        QVERIFY(model.canFetchMore({}));
        haveOneAndMore<protocol::MessageList>(peer(), pageOf({3}, false));
        model.fetchMore({});
        QVERIFY(hasRows(model, 3));
        QVERIFY(!model.canFetchMore({}));
        QCOMPARE(idsOf(model), (QList<qint64>{1, 2, 3}));
    }

    void theSameRowsAreChangedInPlaceAndOthersComeAfresh()
    {
        const auto operatorsOf = [](const QList<qint64>& ids, const QString& name) {
            model::Page<model::Operator> page;
            for (const qint64 id : ids)
                page.items.append({{OperatorId{id}, u"a@b.c"_s, name, false}, true, {}});
            return page;
        };
        haveOneAndMore<protocol::OperatorList>(peer(), operatorsOf({1, 2, 3}, u"before"_s));
        OperatorsModel model(workspace(), nullptr);
        model.reload();
        QVERIFY(hasRows(model, 3));
        const QPersistentModelIndex kept = model.index(2, OperatorsModel::Name);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        haveOneAndMore<protocol::OperatorList>(peer(), operatorsOf({1, 2, 3}, u"after"_s));
        model.reload();
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(changed.first().at(1).toModelIndex(), model.index(2, OperatorsModel::ColumnCount - 1));
        QCOMPARE(kept.data().toString(), u"after"_s);
        haveOneAndMore<protocol::OperatorList>(peer(),
                                               operatorsOf({1, 3, 2}, u"after"_s)); // another order is another list
        model.reload();
        QTRY_COMPARE(reset.count(), 1);
        QCOMPARE(idsOf(model), (QList<qint64>{1, 3, 2}));
        haveOneAndMore<protocol::OperatorList>(peer(), operatorsOf({1, 3}, u"after"_s));
        model.reload();
        QTRY_COMPARE(model.rowCount(), 2);
    }
};

QTEST_GUILESS_MAIN(TestPaging)
#include "tst_paging.moc"
