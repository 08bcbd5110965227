// What is sent again after a lost answer goes under its name, so that the server makes no second one.

#include "console/resources/theme.h"
#include "tests/console/peer_window.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestSentOnce : public QObject
{
    Q_OBJECT

private:
    enum Kind { Message, YesNo };
    PeerWindow m_at;
    Page* m_page = nullptr;

    void open()
    {
        m_page = m_at.open(u"messages"_s, model::OperatorRole::Coordinator);
        QVERIFY(m_page);
    }
    void compose(Kind kind, const QString& words)
    {
        child<QComboBox>(m_page, u"kind"_s)->setCurrentIndex(kind);
        child<QPlainTextEdit>(m_page, u"text"_s)->setPlainText(words);
    }
    QString requestIdOf(const QString& method) const
    {
        return m_at.peer().lastOf(method).value("requestId"_L1).toString();
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void finding_F34_whatIsSentAgainAfterALostAnswerIsTheSame_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("method");
        QTest::newRow("a message") << int(Message) << u"message.send"_s;
        QTest::newRow("a question") << int(YesNo) << u"question.ask"_s;
    }

    void finding_F34_whatIsSentAgainAfterALostAnswerIsTheSame()
    {
        QFETCH(int, kind);
        QFETCH(QString, method);
        open();
        m_at.breakIt(method);
        compose(Kind(kind), u"For Martha"_s);
        QVERIFY(PeerWindow::press(m_page, u"send"_s));
        QTRY_VERIFY(m_page->notices()->isShown());
        const QString name = requestIdOf(method);
        QVERIFY(name.size() >= 8);
        for (auto* button : m_page->notices()->findChildren<QPushButton*>())
            button->click(); // Retry
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(method), 2);
        QCOMPARE(requestIdOf(method), name);
        QVERIFY(PeerWindow::press(m_page, u"send"_s)); // as it stands
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(method), 3);
        QCOMPARE(requestIdOf(method), name);
        compose(Kind(kind), u"For Martha, and more"_s); // says something else
        QVERIFY(PeerWindow::press(m_page, u"send"_s));
        QVERIFY(m_at.settle());
        QVERIFY(requestIdOf(method) != name);
    }

    void finding_F34_theSameWordsAreAnotherMessageOnceTheFirstIsThere()
    {
        open();
        compose(Message, u"Good morning"_s);
        QVERIFY(PeerWindow::press(m_page, u"send"_s));
        QVERIFY(m_at.settle());
        const QString name = requestIdOf(u"message.send"_s);
        compose(Message, u"Good morning"_s);
        QVERIFY(PeerWindow::press(m_page, u"send"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"message.send"_s), 2);
        QVERIFY(requestIdOf(u"message.send"_s) != name);
    }
};

QTEST_MAIN(TestSentOnce)
#include "tst_sent_once.moc"
