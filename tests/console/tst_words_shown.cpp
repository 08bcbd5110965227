// Words that people meet first: in their language where Qt lacks it, whole in a small window, true of whose figures they are.

#include "console/pages/data_table.h"
#include "console/resources/theme.h"
#include "tests/console/peer_window.h"
#include "translations/translations.h"

#include <QMessageBox>
#include <QTranslator>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestWordsShown : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void finding_german_qtsOwnButtonsSpeakIt()
    {
        embedTranslations();
        QTranslator own;
        QVERIFY(own.load(QLocale(QLocale::German), u"qtbase-own"_s, u"_"_s, u":/cohort/i18n"_s));
        QVERIFY(QCoreApplication::installTranslator(&own));
        QMessageBox box(QMessageBox::Warning, {}, u"x"_s, QMessageBox::Cancel | QMessageBox::Close);
        box.setDetailedText(u"y"_s);
        QStringList words;
        for (const QAbstractButton* button : box.buttons())
            words.append(button->text().remove(u'&'));
        for (const QString& word : {u"Abbrechen"_s, u"Schließen"_s, u"Einzelheiten zeigen …"_s})
            QVERIFY2(words.contains(word), qPrintable(words.join(u", "_s)));
    }

    void finding_german_theEndOfASessionIsSaidInOneSentence()
    {
        m_at.start();
        QVERIFY(m_at.enter(u"overview"_s));
        m_at.peer().on(u"session.resume"_s, [](const QJsonObject&) {
            return PeerError{u"not-signed-in"_s, u"the session is over; sign in again"_s};
        });
        m_at.peer().hangUp();
        QTRY_VERIFY(m_at.window().signInPage()->isVisible());
        QCOMPARE(m_at.window().signInPage()->findChild<NoticeBar*>()->text(),
                 u"Your session is over. Sign in again."_s);
    }

    void finding_overview_whatIsOfTheServerSaysSo()
    {
        m_at.start();
        Page* page = m_at.enter(u"overview"_s);
        QVERIFY(page);
        QCOMPARE(plainText(page).count(u"all studies"_s), 3);
    }

    void finding_small_scriptsKeepTheirNames()
    {
        auto* page = m_at.open(u"composer"_s, model::OperatorRole::Coordinator);
        QVERIFY(page);
        const auto* table = child<DataTable>(page, u"scripts"_s);
        m_at.window().resize(m_at.window().minimumSizeHint());
        QVERIFY(m_at.settle());
        QVERIFY2(table->columnWidth(0) >= 160, qPrintable(QString::number(table->columnWidth(0))));
        m_at.window().resize(1600, 800);
        QVERIFY(m_at.settle());
        QVERIFY(table->columnWidth(0) > 160); // it takes what is left again
    }
};

QTEST_MAIN(TestWordsShown)
#include "tst_words_shown.moc"
