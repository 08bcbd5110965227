// What the server is asked for what people do on pages: each wish by its operation and its parameters, nothing besides.

#include "console/models/admin_models.h"
#include "console/models/message_models.h"
#include "console/models/open_script.h"
#include "console/models/script_models.h"
#include "tests/console/filled.h"
#include "tests/console/signed_in.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

// Answers each operation with something in every member of its answer.
template <typename... Operation>
void takeAll(Peer& peer)
{
    (answer<Operation>(peer, [](const auto&) { return filled<typename Operation::Answer>(); }), ...);
}

} // namespace

class TestAsked : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<SignedIn> m_console;

    Peer& peer() { return m_console->peer; }
    Workspace& workspace() { return m_console->workspace; }
    template <typename T>
    static bool taken(const QFuture<Result<T>>& future)
    {
        return SignedIn::answerOf(future).has_value();
    }
    QJsonObject asked(const QString& method) { return peer().lastOf(method); }

private Q_SLOTS:
    void init()
    {
        m_console = std::make_unique<SignedIn>(u"full"_s);
        QVERIFY(m_console->isIn);
        takeAll<protocol::ScriptSaveVersion, protocol::ScriptDeploy, protocol::ScriptPause, protocol::ScriptResume,
                protocol::ScriptSetParameters, protocol::ScriptCreate, protocol::LibraryInstall, protocol::OperatorAdd,
                protocol::OperatorUpdate, protocol::MessageSend, protocol::QuestionAsk, protocol::ScriptVersionGet,
                protocol::ParticipantEnrolmentCode, protocol::DeviceNewToken, protocol::MeasurementExport>(peer());
    }
    void cleanup() { m_console.reset(); }

    void aVersionIsSavedOnTopOfTheOneThatWasRead()
    {
        OpenScript script(workspace());
        script.open(ScriptId{4});
        QVERIFY(taken(script.save(u"x = 1\n"_s, u"first"_s, 0)));
        QCOMPARE(asked(u"script.saveVersion"_s),
                 (QJsonObject{{u"id"_s, 4}, {u"source"_s, u"x = 1\n"_s}, {u"comment"_s, u"first"_s}}));
        QVERIFY(taken(script.save(u"x = 2\n"_s, {}, 1)));
        QCOMPARE(asked(u"script.saveVersion"_s).value("baseVersion"_L1).toInt(), 1);
        peer().on(u"script.saveVersion"_s, [](const QJsonObject&) { return PeerError{u"conflict"_s, u"version 3"_s}; });
        const auto late = SignedIn::answerOf(script.save(u"x = 3\n"_s, {}, 2));
        QVERIFY(!late);
        QCOMPARE(late.error().code, ErrorCode::Conflict);
        QCOMPARE(late.error().detail, u"version 3"_s);
    }

    void aScriptIsDeployedInTheHomesChosenOrInAll()
    {
        OpenScript script(workspace());
        script.open(ScriptId{4});
        QVERIFY(taken(script.deploy({LocationId{7}, LocationId{9}}, model::ScriptMode::Shadow)));
        QCOMPARE(asked(u"script.deploy"_s),
                 (QJsonObject{{u"id"_s, 4}, {u"locations"_s, QJsonArray{7, 9}}, {u"mode"_s, u"shadow"_s}}));
        QVERIFY(taken(script.deploy({}, model::ScriptMode::Live)));
        QCOMPARE(asked(u"script.deploy"_s), (QJsonObject{{u"id"_s, 4}, {u"mode"_s, u"live"_s}}));
    }

    void theOpenScriptIsTheOneThatIsPausedAndSet()
    {
        OpenScript script(workspace());
        script.open(ScriptId{4});
        script.open(ScriptId{5});
        QVERIFY(taken(script.pause()));
        QCOMPARE(asked(u"script.pause"_s), (QJsonObject{{u"id"_s, 5}}));
        QVERIFY(taken(script.resume()));
        QCOMPARE(asked(u"script.resume"_s), (QJsonObject{{u"id"_s, 5}}));
        QVERIFY(taken(script.setParameters({{u"patience"_s, 20}}, {{u"patience"_s, 10}})));
        QCOMPARE(asked(u"script.setParameters"_s), (QJsonObject{{u"id"_s, 5},
                                                                {u"values"_s, QJsonObject{{u"patience"_s, 20}}},
                                                                {u"base"_s, QJsonObject{{u"patience"_s, 10}}}}));
        QVERIFY(taken(script.version(VersionId{8})));
        QCOMPARE(asked(u"script.version"_s), (QJsonObject{{u"id"_s, 8}}));
        workspace().choose(DeploymentId{2});
        QVERIFY(taken(script.homes()));
        QCOMPARE(asked(u"location.list"_s), (QJsonObject{{u"deployment"_s, 2}, {u"limit"_s, ListLimitMost}}));
    }

    void aNewScriptBelongsToTheDeploymentLookedAt()
    {
        ScriptsModel scripts(workspace(), nullptr);
        workspace().choose(DeploymentId{2});
        QVERIFY(taken(scripts.create(u"Night"_s, u"pass\n"_s)));
        QCOMPARE(asked(u"script.create"_s),
                 (QJsonObject{{u"deployment"_s, 2}, {u"name"_s, u"Night"_s}, {u"source"_s, u"pass\n"_s}}));
        QVERIFY(taken(scripts.pause(ScriptId{3})));
        QCOMPARE(asked(u"script.pause"_s), (QJsonObject{{u"id"_s, 3}}));
        QVERIFY(taken(scripts.resume(ScriptId{3})));
        QCOMPARE(asked(u"script.resume"_s), (QJsonObject{{u"id"_s, 3}}));
    }

    void theLibraryIsAskedWithTheDeploymentWhereThereIsOne()
    {
        LibraryModel library(workspace(), nullptr);
        library.show(DeploymentId{2});
        QTRY_VERIFY(library.isLoaded());
        QCOMPARE(asked(u"library.list"_s), (QJsonObject{{u"deployment"_s, 2}}));
        library.show({});
        QVERIFY(!library.isLoaded());
        QTRY_VERIFY(library.isLoaded());
        QCOMPARE(asked(u"library.list"_s), QJsonObject());
    }

    void anOperatorIsLockedOutWithNothingElseChanged()
    {
        OperatorsModel operators(workspace(), nullptr);
        QVERIFY(taken(operators.setActive(OperatorId{3}, false)));
        QCOMPARE(asked(u"operator.update"_s), (QJsonObject{{u"id"_s, 3}, {u"active"_s, false}}));
        const auto changed = filled<model::Operator>();
        operators.put(changed);
        operators.put(changed);
        QCOMPARE(operators.rowCount(), 1);
    }

    void choicesGoWithAQuestionThatHasThem()
    {
        RpcClient& client = workspace().client();
        QVERIFY(taken(Drafts::send(client, ParticipantId{21}, {{}, {}, u" Hello\n"_s, {}}, u"request-1"_s)));
        QCOMPARE(asked(u"message.send"_s),
                 (QJsonObject{{u"participant"_s, 21}, {u"text"_s, u"Hello"_s}, {u"requestId"_s, u"request-1"_s}}));
        const QStringList choices{u"well"_s, u"so-so"_s};
        QVERIFY(taken(Drafts::send(client, ParticipantId{21}, {{}, model::QuestionType::OneOf, u"How?"_s, choices},
                                   u"request-2"_s)));
        QCOMPARE(asked(u"question.ask"_s), (QJsonObject{{u"participant"_s, 21},
                                                        {u"text"_s, u"How?"_s},
                                                        {u"type"_s, u"one-of"_s},
                                                        {u"choices"_s, QJsonArray::fromStringList(choices)},
                                                        {u"requestId"_s, u"request-2"_s}}));
        QVERIFY(taken(Drafts::send(client, ParticipantId{21}, {{}, model::QuestionType::YesNo, u"Well?"_s, choices},
                                   u"request-3"_s)));
        QVERIFY(!asked(u"question.ask"_s).contains("choices"_L1));
    }

    void codesTokensAndFilesAreOfTheOneThatIsMeant()
    {
        Community& community = workspace().community();
        QVERIFY(taken(community.newEnrolmentCode(ParticipantId{21})));
        QCOMPARE(asked(u"participant.enrolmentCode"_s), (QJsonObject{{u"id"_s, 21}}));
        QVERIFY(taken(community.newToken(DeviceId{11})));
        QCOMPARE(asked(u"device.newToken"_s), (QJsonObject{{u"id"_s, 11}}));
        QVERIFY(taken(community.exportSeries(StreamId{3}, 0, 1'767'225'600'123)));
        QCOMPARE(asked(u"measurement.export"_s), (QJsonObject{{u"stream"_s, 3},
                                                              {u"from"_s, u"1970-01-01T00:00:00.000Z"_s},
                                                              {u"to"_s, u"2026-01-01T00:00:00.123Z"_s}}));
    }

    void theDeploymentChosenStaysChosenWhileItIsThere()
    {
        QCOMPARE(workspace().deployment(), DeploymentId{1});
        QSignalSpy changed(&workspace(), &Workspace::deploymentChanged);
        workspace().choose(DeploymentId{2});
        workspace().choose(DeploymentId{2});
        QCOMPARE(changed.count(), 1);
        QCOMPARE(deploymentName(workspace()), u"Student dormitory"_s);
        QSignalSpy reloaded(&workspace(), &Workspace::deploymentsChanged);
        workspace().reloadDeployments();
        QTRY_COMPARE(reloaded.count(), 1);
        QCOMPARE(workspace().deployment(), DeploymentId{2});
        auto other = filled<model::Deployment>();
        other.id = DeploymentId{5};
        answer<protocol::DeploymentList>(peer(), [other](const auto&) {
            return model::Page<model::Deployment>{{other}, false};
        });
        workspace().reloadDeployments();
        QTRY_COMPARE(workspace().deployment(), DeploymentId{5});
        answer<protocol::DeploymentList>(peer(), [](const auto&) { return model::Page<model::Deployment>{}; });
        workspace().reloadDeployments();
        QTRY_COMPARE(workspace().deployment(), DeploymentId{});
        QCOMPARE(deploymentName(workspace()), QString());
        QVERIFY(workspace().mayCoordinate()); // an administrator, of whatever there is
    }

    void whoLeavesHearsOfNothingAnyMore()
    {
        QSignalSpy left(&workspace(), &Workspace::left);
        QSignalSpy failed(&workspace(), &Workspace::failed);
        workspace().reloadDeployments();
        workspace().leave();
        QCOMPARE(left.count(), 1);
        QCOMPARE(workspace().me().account.id, OperatorId{});
        QVERIFY(!workspace().mayCoordinate());
        QSignalSpy changed(&workspace(), &Workspace::deploymentsChanged);
        QVERIFY(taken(m_console->client.call(u"server.info"_s))); // the answer to the question before came too
        QCOMPARE(changed.count(), 0);
        QVERIFY(workspace().deployments().isEmpty());
        QCOMPARE(failed.count(), 0);
    }

    void aReturnOfTheConnectionLoadsTheDeploymentsAgain()
    {
        const int before = peer().count(u"deployment.list"_s);
        peer().hangUp();
        QTRY_COMPARE(peer().count(u"deployment.list"_s), before + 1);
        QCOMPARE(peer().count(u"device.types"_s), 1); // those are known
    }

    void deviceTypesThatAreMissingAreAskedForAgain()
    {
        SignedIn second(u"error"_s);
        QVERIFY(second.isIn);
        QVERIFY(second.workspace.deviceTypes().isEmpty());
        answer<protocol::DeviceTypes>(second.peer, [](const auto&) {
            return model::Page<model::DeviceTypeInfo>{{filled<model::DeviceTypeInfo>()}, false};
        });
        second.workspace.reloadDeployments();
        QTRY_COMPARE(second.workspace.deviceTypes().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestAsked)
#include "tst_asked.moc"
