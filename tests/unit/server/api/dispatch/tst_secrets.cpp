#include "server/api/dispatch/secrets.h"

#include <QSet>
#include <QTest>

using namespace cohort;
using namespace cohort::api;

class TestSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPasswordFitsOnlyItsHash()
    {
        const auto hash = hashPassword(QStringLiteral("correct horse"));
        QVERIFY(hash);
        QVERIFY(hash->startsWith(QStringLiteral("$argon2id$")));
        QVERIFY(verifyPassword(QStringLiteral("correct horse"), *hash));
        QVERIFY(!verifyPassword(QStringLiteral("correct hors"), *hash));
        QVERIFY(!verifyPassword(QString(), *hash));
        QVERIFY(*hashPassword(QStringLiteral("correct horse")) != *hash); // salted
    }

    void nobodysPasswordNeverFits()
    {
        QVERIFY(!verifyPassword(QString(), QString()));
        QVERIFY(!verifyPassword(QStringLiteral("x"), QString()));
        QVERIFY(!verifyPassword(QStringLiteral("x"), QStringLiteral("no hash")));
    }

    void refusesWeakPasswords()
    {
        QVERIFY(!checkNewPassword(QStringLiteral("short"), {}));
        QVERIFY(!checkNewPassword(QStringLiteral("Anna@Example.org"), QStringLiteral("anna@example.org")));
        QVERIFY(checkNewPassword(QStringLiteral("a long enough one"), QStringLiteral("anna@example.org")));
    }

    void tokensHave256BitsAndDiffer()
    {
        QSet<QString> seen;
        for (int i = 0; i < 100; ++i) {
            const QString token = newToken();
            QCOMPARE(QByteArray::fromBase64(token.toLatin1(), QByteArray::Base64UrlEncoding).size(), 32);
            seen.insert(token);
        }
        QCOMPARE(seen.size(), 100);
    }

    void codesHaveNoLookAlikesAndForgiveTyping()
    {
        for (int i = 0; i < 100; ++i) {
            const QString code = newCode();
            QCOMPARE(code.size(), 11);
            QVERIFY(!code.contains(QLatin1Char('I')) && !code.contains(QLatin1Char('O')));
            QCOMPARE(normalCode(QStringLiteral(" ") + code.toLower()), normalCode(code));
            QCOMPARE(normalCode(code).size(), 10);
        }
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
