// Reading and writing as coordinators do it: to the right person, once, and nothing typed is lost.

#include "console/pages/conversation_view.h"
#include "console/pages/data_table.h"
#include "console/resources/theme.h"
#include "tests/console/filled.h"
#include "tests/console/peer_window.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

// What was asked, but for the name that each has.
QJsonObject withoutItsName(QJsonObject asked)
{
    const bool isNamed = asked.value("requestId"_L1).toString().size() >= 8;
    asked.remove(u"requestId"_s);
    return isNamed ? asked : QJsonObject();
}

} // namespace

class TestConversations : public QObject
{
    Q_OBJECT

private:
    enum Kind { Message, YesNo, OneOf, Text, Number };
    PeerWindow m_at;
    Page* m_page = nullptr;
    DataTable* m_people = nullptr;

    void open(model::OperatorRole role = model::OperatorRole::Coordinator, const QString& mode = u"full"_s)
    {
        m_page = m_at.open(u"messages"_s, role, mode);
        QVERIFY(m_page);
        m_people = child<DataTable>(m_page, u"conversations"_s);
    }
    QPlainTextEdit* text() const { return child<QPlainTextEdit>(m_page, u"text"_s); }
    QLineEdit* choices() const { return child<QLineEdit>(m_page, u"choices"_s); }
    QAbstractItemModel* messages() const { return child<QListView>(m_page, u"messages"_s)->model(); }
    void compose(Kind kind, const QString& words)
    {
        child<QComboBox>(m_page, u"kind"_s)->setCurrentIndex(kind);
        text()->setPlainText(words);
    }
    static model::Message message(qint64 id, qint64 participant, const QString& words)
    {
        model::Message made;
        made.id = MessageId{id};
        made.participant = ParticipantId{participant};
        made.direction = model::MessageDirection::FromParticipant;
        made.text = words;
        return made;
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void theFirstConversationIsReadAtOnce()
    {
        open();
        QCOMPARE(m_people->selectedId(), 21);
        QCOMPARE(child<QLabel>(m_page, u"person"_s)->text(), u"Martha Seidel"_s);
        QCOMPARE(messages()->rowCount(), 4);
        QCOMPARE(m_at.peer().lastOf(u"message.list"_s).value("participant"_L1).toInt(), 21);
    }

    void whatIsWrittenGoesTrimmedToTheChosenPersonOnce()
    {
        open();
        m_people->selectId(22);
        compose(Message, u"  Good evening \n"_s);
        QTest::keyClick(text(), Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClick(text(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!PeerWindow::press(m_page, u"send"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"message.send"_s), 1);
        QCOMPARE(withoutItsName(m_at.peer().lastOf(u"message.send"_s)),
                 (QJsonObject{{u"participant"_s, 22}, {u"text"_s, u"Good evening"_s}}));
        QVERIFY(text()->toPlainText().isEmpty());
        QVERIFY(PeerWindow::canPress(m_page, u"send"_s));
    }

    void finding_O10_aDraftIsItsPersonsAndComesBackWithThem()
    {
        open();
        m_people->selectId(21);
        compose(OneOf, u"How was the night?"_s);
        choices()->setText(u"well; badly"_s);
        m_people->selectId(22);
        QVERIFY(text()->toPlainText().isEmpty());
        QCOMPARE(child<QComboBox>(m_page, u"kind"_s)->currentIndex(), int(Message));
        QVERIFY(PeerWindow::press(m_page, u"send"_s)); // nothing is sent to Jonas
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"message.send"_s) + m_at.peer().count(u"question.ask"_s), 0);
        m_page = m_at.enter(u"home/people"_s); // the same draft, wherever one writes to Martha
        QVERIFY(m_page);
        QCOMPARE(text()->toPlainText(), u"How was the night?"_s);
        m_page = m_at.enter(u"messages"_s);
        m_people->selectId(22);
        m_people->selectId(21);
        QCOMPARE(text()->toPlainText(), u"How was the night?"_s);
        QCOMPARE(choices()->text(), u"well; badly"_s);
        QVERIFY(PeerWindow::press(m_page, u"send"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"question.ask"_s).value("participant"_L1).toInt(), 21);
        QVERIFY(text()->toPlainText().isEmpty());
        m_people->selectId(22);
        m_people->selectId(21);
        QVERIFY(text()->toPlainText().isEmpty()); // sent is sent
    }

    void finding_O10_aDraftIsAskedAboutBeforeSigningOut()
    {
        open();
        m_people->selectId(21);
        compose(Message, u"Good morning"_s);
        const auto question = [this] { return m_at.dialog<QMessageBox>(); };
        QVERIFY(PeerWindow::press(&m_at.window(), u"signOut"_s));
        QVERIFY(question()->text().contains(u"Martha Seidel is not sent: “Good morning”"_s));
        QVERIFY(PeerWindow::press(question(), u"stay"_s));
        QVERIFY(!m_at.window().signInPage()->isVisible());
        QCOMPARE(text()->toPlainText(), u"Good morning"_s);
        m_at.breakIt(u"message.send"_s);
        QVERIFY(PeerWindow::press(&m_at.window(), u"signOut"_s));
        QVERIFY(PeerWindow::press(question(), u"keep"_s));
        QVERIFY(m_at.settle());
        QVERIFY(!m_at.window().signInPage()->isVisible()); // it could not be sent
        QVERIFY(m_page->notices()->text().contains(u"database"_s));
        QVERIFY(PeerWindow::press(&m_at.window(), u"signOut"_s));
        QVERIFY(PeerWindow::press(question(), u"drop"_s));
        QTRY_VERIFY(m_at.window().signInPage()->isVisible());
        QVERIFY(m_at.workspace().drafts().people().isEmpty());
    }

    void finding_O10_aDraftOutlivesASessionThatEndsByItselfForItsOperatorAlone()
    {
        open();
        m_people->selectId(21);
        compose(Message, u"Good morning"_s);
        m_at.workspace().leave();
        m_at.window().signInPage()->setPassword(u"right"_s);
        m_page = m_at.enter(u"messages"_s);
        QVERIFY(m_page);
        QCOMPARE(m_people->selectedId(), 21);
        QCOMPARE(text()->toPlainText(), u"Good morning"_s);
        m_at.workspace().leave();
        auto another = filled<model::OperatorSession>();
        another.account.id = OperatorId{2};
        another.roles = {{{}, model::OperatorRole::Coordinator}};
        answer<protocol::SessionSignIn>(m_at.peer(), [another](const auto&) { return another; });
        m_at.window().signInPage()->setPassword(u"right"_s);
        m_page = m_at.enter(u"messages"_s);
        QVERIFY(m_page);
        QVERIFY(text()->toPlainText().isEmpty());
        QVERIFY2(m_page->notices()->text().contains(u"1 text(s) that the operator before"_s),
                 qPrintable(m_page->notices()->text()));
    }

    void enterAloneBeginsANewLine()
    {
        open();
        compose(Message, u"one"_s);
        text()->moveCursor(QTextCursor::End);
        QTest::keyClick(text(), Qt::Key_Return);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"message.send"_s), 0);
        QCOMPARE(text()->toPlainText(), u"one\n"_s);
    }

    void nothingIsSentWhereNothingIsWritten()
    {
        open();
        compose(Message, u" \n\t"_s);
        QVERIFY(PeerWindow::press(m_page, u"send"_s));
        compose(YesNo, {});
        QVERIFY(PeerWindow::press(m_page, u"send"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"message.send"_s) + m_at.peer().count(u"question.ask"_s), 0);
    }

    void eachKindOfQuestionIsAskedAsItIs()
    {
        open();
        const QMap<Kind, QString> types{{YesNo, u"yes-no"_s}, {Text, u"text"_s}, {Number, u"number"_s}};
        for (const auto& [kind, type] : types.asKeyValueRange()) {
            compose(kind, u"How are you?"_s);
            QVERIFY(!choices()->isVisible());
            QVERIFY(PeerWindow::press(m_page, u"send"_s));
            QVERIFY(m_at.settle());
            QCOMPARE(withoutItsName(m_at.peer().lastOf(u"question.ask"_s)),
                     (QJsonObject{{u"participant"_s, 21}, {u"text"_s, u"How are you?"_s}, {u"type"_s, type}}));
        }
        QCOMPARE(m_at.peer().count(u"question.ask"_s), 3);
        QCOMPARE(m_at.peer().count(u"message.send"_s), 0);
    }

    void aQuestionOfChoicesNeedsTwoOfThem()
    {
        open();
        compose(OneOf, u"Tea or coffee?"_s);
        QVERIFY(choices()->isVisible());
        for (const QString& few : {u""_s, u"tea"_s, u"tea;"_s}) {
            choices()->setText(few);
            QVERIFY(PeerWindow::press(m_page, u"send"_s));
            QVERIFY(m_page->notices()->text().contains(u"at least two choices"_s));
        }
        QCOMPARE(text()->toPlainText(), u"Tea or coffee?"_s);
        QCOMPARE(choices()->text(), u"tea;"_s);
        choices()->setText(u" tea ; coffee"_s);
        QVERIFY(PeerWindow::press(m_page, u"send"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"question.ask"_s), 1);
        QCOMPARE(m_at.peer().lastOf(u"question.ask"_s).value("choices"_L1).toArray(),
                 (QJsonArray{u"tea"_s, u"coffee"_s}));
        QVERIFY(choices()->text().isEmpty());
        QVERIFY(!m_page->notices()->isShown());
    }

    void blankChoicesAreNone()
    {
        open();
        compose(OneOf, u"Tea or coffee?"_s);
        choices()->setText(u"tea; ;  "_s);
        QVERIFY(PeerWindow::press(m_page, u"send"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"question.ask"_s), 0);
        QVERIFY(m_page->notices()->text().contains(u"at least two choices"_s));
    }

    void whatFailedIsKeptAndRetryWritesToTheSamePerson()
    {
        open();
        m_at.breakIt(u"message.send"_s);
        compose(Message, u"For Martha only"_s);
        QVERIFY(PeerWindow::press(m_page, u"send"_s));
        QTRY_VERIFY(m_page->notices()->isShown());
        QCOMPARE(text()->toPlainText(), u"For Martha only"_s);
        m_people->selectId(22);
        for (auto* button : m_page->notices()->findChildren<QPushButton*>())
            button->click();
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"message.send"_s), 2);
        QCOMPARE(m_at.peer().lastOf(u"message.send"_s).value("participant"_L1).toInt(), 21);
    }

    void whatIsTypedWhileTheAnswerIsAwaitedStays()
    {
        open();
        compose(Message, u"First"_s);
        QVERIFY(PeerWindow::press(m_page, u"send"_s));
        text()->setPlainText(u"Second"_s);
        QVERIFY(m_at.settle());
        QCOMPARE(text()->toPlainText(), u"Second"_s);
    }

    void newsOfOthersDoNotMixIn()
    {
        open();
        notify<protocol::MessageChanged>(m_at.peer(), {{message(90, 22, u"from Jonas"_s)}});
        QVERIFY(m_at.settle());
        QCOMPARE(messages()->rowCount(), 4);
        const int before = m_at.peer().count(u"message.conversations"_s);
        notify<protocol::MessageChanged>(m_at.peer(), {{message(91, 21, u"from Martha"_s)}});
        QTRY_COMPARE(messages()->rowCount(), 5);
        QCOMPARE(messages()->index(4, 1).data().toString(), u"from Martha"_s);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"message.conversations"_s), before + 1); // its last words changed
    }

    void aLongerMessageHasATallerBubble()
    {
        open();
        const auto* list = child<QListView>(m_page, u"messages"_s);
        notify<protocol::MessageChanged>(m_at.peer(), {{message(91, 21, u"short"_s)}});
        notify<protocol::MessageChanged>(m_at.peer(), {{message(92, 21, u"word "_s.repeated(200))}});
        QTRY_COMPARE(messages()->rowCount(), 6);
        const int small = list->sizeHintForIndex(messages()->index(4, 1)).height();
        const int large = list->sizeHintForIndex(messages()->index(5, 1)).height();
        QVERIFY2(large > 4 * small, qPrintable(u"%1 %2"_s.arg(small).arg(large)));
        model::Message asked = message(93, 21, u"short"_s);
        asked.question = model::Question{model::QuestionType::OneOf, {{u"a"_s, u"tea"_s}, {u"b"_s, u"coffee"_s}}};
        asked.answer = model::Answer{u"a"_s, u"tea"_s};
        notify<protocol::MessageChanged>(m_at.peer(), {{asked}});
        QTRY_COMPARE(messages()->rowCount(), 7);
        QVERIFY(list->sizeHintForIndex(messages()->index(6, 1)).height() > small); // choices and answer below it
    }

    // What people write is kept from them: it is not asked for, and nothing is offered that would be refused.
    void finding_analyst_neitherReadsNorWritesMessages()
    {
        m_at.start();
        m_at.beAn(model::OperatorRole::Analyst);
        Page* home = m_at.enter(u"home/people"_s);
        QVERIFY(home);
        QTRY_COMPARE(child<QListWidget>(home, u"people"_s)->count(), 3);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"message.list"_s), 0);
        QVERIFY(!m_at.peer().isSubscribed(u"messages"_s));
        QVERIFY(!home->notices()->isShown());
        for (const QString& name : {u"kind"_s, u"text"_s, u"send"_s, u"messages"_s})
            QVERIFY2(!child<QWidget>(home, name)->isVisible(), qPrintable(name));
        QVERIFY(child<QLabel>(home, u"person"_s)->text().contains(u"those who coordinate"_s));
    }

    void withNobodyThereNothingCanBeWritten()
    {
        open(model::OperatorRole::Admin, u"empty"_s);
        QVERIFY(!child<QWidget>(m_page, u"text"_s)->isEnabled());
        QVERIFY(!PeerWindow::canPress(m_page, u"send"_s));
        QVERIFY(plainText(m_page).contains(u"Choose a person"_s));
        QCOMPARE(m_at.peer().count(u"message.list"_s), 0);
    }

    void theConversationFollowsThePersonOfTheHome()
    {
        m_at.start();
        Page* home = m_at.enter(u"home/people"_s);
        QVERIFY(home);
        auto* people = child<QListWidget>(home, u"people"_s);
        QTRY_COMPARE(people->count(), 3);
        QVERIFY(people->item(2)->text().contains(u"Irene Vogt"_s));
        people->setCurrentRow(2);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"message.list"_s).value("participant"_L1).toInt(), 23);
        QCOMPARE(child<QLabel>(home, u"person"_s)->text(), u"Irene Vogt"_s);
    }
};

QTEST_MAIN(TestConversations)
#include "tst_conversations.moc"
