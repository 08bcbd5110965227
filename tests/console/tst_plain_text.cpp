// Text that is not ours is plain text on every page: in labels, tables, trees and tool tips, and in dialogs.

#include "console/models/plain_text.h"
#include "console/pages/data_table.h"
#include "console/resources/theme.h"
#include "shared/protocol/operations/device.h"
#include "shared/protocol/operations/place.h"
#include "tests/console/peer_window.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QMessageBox>
#include <QTreeView>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

// Puts markup into every text of an answer that somebody else chose.
QJsonValue hostile(const QJsonValue& value, const QString& mark)
{
    static const QStringList ours{u"timeZone"_s,  u"clock"_s,  u"kind"_s,   u"state"_s,     u"status"_s,
                                  u"severity"_s,  u"role"_s,   u"type"_s,   u"mode"_s,      u"language"_s,
                                  u"reporting"_s, u"object"_s, u"source"_s, u"direction"_s, u"composer"_s,
                                  u"answer"_s,    u"name"_s};
    if (value.isArray()) {
        QJsonArray all;
        for (const auto& one : value.toArray())
            all.append(hostile(one, mark));
        return all;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString text = member.value().toString();
        const bool isTime = text.size() > 18 && text.at(10) == u'T';
        const bool isName = member.key() == u"name"_s && object.contains(u"id"_s) && !object.contains(u"latest"_s);
        if (member.value().isString() && !isTime && !text.isEmpty() && (isName || !ours.contains(member.key())))
            member.value() = QJsonValue(text + mark);
        else if (!member.value().isString())
            member.value() = hostile(member.value(), mark);
    }
    return object;
}

bool isRead(const QString& toolTip)
{
    const QString bare = QString(toolTip).remove(u"<span>"_s).remove(u"</span>"_s).replace(u"<br>"_s, u"\n"_s);
    return Qt::mightBeRichText(toolTip) && bare.contains(u'<');
}

// What is shown with markup read; empty: nothing.
QString markupIn(const QWidget* page, int& seen)
{
    for (const auto* label : page->findChildren<QLabel*>()) {
        seen += label->text().contains(u"<img"_s) || label->text().contains(u"<b>"_s) ? 1 : 0;
        if (label->isVisible() && label->textFormat() != Qt::PlainText && Qt::mightBeRichText(label->text()))
            return u"label "_s + label->objectName() + u": "_s + label->text();
    }
    for (const auto* widget : page->findChildren<QWidget*>())
        if (isRead(widget->toolTip()))
            return u"tool tip of "_s + widget->objectName() + u": "_s + widget->toolTip();
    for (const auto* view : page->findChildren<QAbstractItemView*>()) {
        const auto* model = view->model();
        for (int row = 0; model && row < std::min(model->rowCount(), 50); ++row)
            for (int column = 0; column < model->columnCount(); ++column) {
                const auto index = model->index(row, column);
                seen += index.data().toString().contains(u'<') ? 1 : 0;
                if (isRead(index.data(Qt::ToolTipRole).toString()))
                    return u"tool tip in "_s + view->objectName() + u": "_s + index.data(Qt::ToolTipRole).toString();
            }
    }
    return {};
}

} // namespace

class TestPlainText : public QObject
{
    Q_OBJECT

private:
    // Chooses what is in the tree, one after the other, until it offers the action; false: nothing does.
    static bool act(PeerWindow& at, const Page* page, const QString& name)
    {
        auto* tree = page->findChild<QTreeView*>(u"tree"_s);
        const auto* model = tree->model();
        for (QModelIndex parent, here = model->index(0, 0); here.isValid();) {
            tree->setCurrentIndex(here);
            tree->expand(here);
            if (!at.settle())
                return false;
            if (auto* action = page->findChild<QAction*>(name)) {
                action->trigger();
                return at.settle();
            }
            if (model->rowCount(here) > 0)
                parent = std::exchange(here, model->index(0, 0, here));
            else
                here = model->index(here.row() + 1, 0, parent);
        }
        return false;
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    void finding_S8_noPageReadsMarkupOfOthers_data()
    {
        QTest::addColumn<QString>("mark");
        QTest::newRow("an image") << u"<img src=x>"_s;
        QTest::newRow("bold") << u"<b>x</b>"_s;
        QTest::newRow("a link") << u"<a href='http://x'>x</a>"_s;
    }
    void finding_S8_noPageReadsMarkupOfOthers()
    {
        QFETCH(QString, mark);
        PeerWindow at;
        at.start();
        at.peer().alter([mark](const QString& method, const QJsonValue& answer) {
            return method.startsWith(u"session."_s) ? answer : hostile(answer, mark);
        });
        int seen = 0;
        for (const QString& name : {u"overview"_s, u"deployments"_s, u"home/devices"_s, u"home/people"_s,
                                    u"home/timeline"_s, u"home/data"_s, u"alerts"_s, u"composer"_s,
                                    u"composer/editor"_s, u"messages"_s, u"server"_s, u"operators"_s, u"audit"_s}) {
            Page* page = at.enter(name);
            QVERIFY2(page, qPrintable(name));
            const QString found = markupIn(&at.window(), seen);
            QVERIFY2(found.isEmpty(), qPrintable(name + u": "_s + found));
        }
        QVERIFY2(seen > 10, qPrintable(QString::number(seen))); // it was there to be read
        at.end();
    }

    void finding_S8_noDialogReadsMarkupOfOthers_data()
    {
        QTest::addColumn<QString>("dialog");
        for (const char* making : {"deployments/home", "deployments/person", "deployments/device", "composer/library"})
            QTest::newRow(making) << QString::fromLatin1(making);
        for (const char* editing : {"editDeployment", "editHome", "rooms", "retireHome", "editPerson", "pausePerson",
                                    "withdraw", "editDevice", "endTokens", "retireDevice"})
            QTest::newRow(editing) << QString::fromLatin1(editing);
    }
    void finding_S8_noDialogReadsMarkupOfOthers()
    {
        QFETCH(QString, dialog);
        PeerWindow at;
        at.start();
        at.beAn(model::OperatorRole::Admin);
        at.peer().alter([](const QString& method, const QJsonValue& answer) {
            return method.startsWith(u"session."_s) ? answer : hostile(answer, u"<img src=x>"_s);
        });
        const bool makes = dialog.contains(u'/');
        Page* page = at.enter(makes ? dialog : u"deployments"_s);
        QVERIFY(page);
        if (!makes)
            QVERIFY2(act(at, page, dialog), "it is offered nowhere");
        const auto* shown = at.dialog<QDialog>();
        QVERIFY(shown);
        int seen = 0;
        const QString found = markupIn(shown, seen);
        QVERIFY2(found.isEmpty(), qPrintable(found));
        QVERIFY(seen > 0); // it was there to be read
        at.end();
    }

    void finding_S8_messageBoxesAndTipsAreText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("markup") << u"<b>x</b>"_s;
        QTest::newRow("two lines") << u"a <img src=x>\nb"_s;
        QTest::newRow("an entity") << u"&lt;b&gt;"_s;
    }
    void finding_S8_messageBoxesAndTipsAreText()
    {
        QFETCH(QString, text);
        PeerWindow at;
        at.start(); // the window keeps labels plain
        auto* box = new QMessageBox(QMessageBox::Question, u"?"_s, text, QMessageBox::Ok, &at.window()); // the window's
        box->setInformativeText(text);
        box->open();
        for (const auto* label : box->findChildren<QLabel*>())
            if (!label->text().isEmpty())
                QCOMPARE(label->textFormat(), Qt::PlainText);
        box->reject();
        const QString tip = plainToolTip(text);
        QVERIFY(Qt::mightBeRichText(tip) && !isRead(tip));
        QVERIFY(tip.contains(text.section(u'\n', 0, 0).toHtmlEscaped()));
        QVERIFY(plainToolTip({}).isEmpty());
        at.end();
    }
};

QTEST_MAIN(TestPlainText)
#include "tst_plain_text.moc"
