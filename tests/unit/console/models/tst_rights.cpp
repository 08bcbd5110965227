// Who may do what where, by the roles that an operator holds.

#include "console/models/rights.h"

#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using model::OperatorRole;

class TestRights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsARoleWhereItWasGiven()
    {
        const Rights one{{}, {{DeploymentId{1}, OperatorRole::Coordinator}, {DeploymentId{2}, OperatorRole::Analyst}}};
        QVERIFY(one.mayCoordinate(DeploymentId{1}));
        QVERIFY(!one.mayCoordinate(DeploymentId{2}));
        QVERIFY(!one.mayCoordinate(DeploymentId{3}));
        QVERIFY(one.mayCoordinateSomewhere());
        QVERIFY(!one.isAdmin());
    }

    void holdsItEverywhereWhereNoDeploymentIsNamed()
    {
        const Rights admin{{}, {{{}, OperatorRole::Admin}}};
        QVERIFY(admin.isAdmin());
        QVERIFY(admin.mayCoordinate(DeploymentId{9}));
        const Rights analyst{{}, {{{}, OperatorRole::Analyst}}};
        QVERIFY(!analyst.mayCoordinate(DeploymentId{9}));
        QVERIFY(!analyst.mayCoordinateSomewhere());
    }

    void anAdministratorOfOneDeploymentIsNoneOfTheServer()
    {
        const Rights one{{}, {{DeploymentId{1}, OperatorRole::Admin}}};
        QVERIFY(!one.isAdmin());
        QVERIFY(one.mayCoordinate(DeploymentId{1}));
    }

    void mayNothingWithoutRoles()
    {
        QVERIFY(!Rights{}.mayCoordinateSomewhere());
        QVERIFY(!Rights{}.isAdmin());
    }
};

QTEST_APPLESS_MAIN(TestRights)
#include "tst_rights.moc"
