// The keyboard: forms open in their first field, and a button that cannot be pressed any more gives it back.

#include "console/pages/composer_dialogs.h"
#include "console/pages/data_table.h"
#include "console/pages/form_dialog.h"
#include "console/resources/theme.h"
#include "tests/console/peer_window.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestFocus : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void finding_focus_aFormOpensInItsFirstField()
    {
        FormDialog form(u"Edit home"_s, u"Deployment: x"_s, nullptr);
        form.setAttribute(Qt::WA_DeleteOnClose, false);
        const auto* name = form.addText("name", u"Name"_s, u"Home 1"_s);
        form.addChoice("zone", u"Time zone"_s);
        form.show();
        QCOMPARE(form.focusWidget(), name);
        QVERIFY(!qobject_cast<QPushButton*>(form.previousInFocusChain()) || form.previousInFocusChain() == form.ok());
    }

    void finding_focus_deployingOpensInItsFirstChoice()
    {
        DeployDialog dialog(u"Stove"_s, {}, true, nullptr);
        dialog.show();
        QVERIFY(dialog.focusWidget());
        QVERIFY2(!qobject_cast<QPushButton*>(dialog.focusWidget()), qPrintable(dialog.focusWidget()->objectName()));
    }

    void finding_focus_itGoesBackToTheListAndNotToTheStudy()
    {
        auto* page = m_at.open(u"alerts"_s, model::OperatorRole::Coordinator);
        QVERIFY(page);
        m_at.window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_at.window()));
        auto* table = child<DataTable>(page, u"alerts"_s);
        auto* button = child<QPushButton>(page, u"acknowledge"_s);
        QVERIFY(button->isVisible() && button->isEnabled());
        table->setFocus();
        button->setFocus();
        QVERIFY(button->hasFocus());
        button->setEnabled(false); // as while its answer is waited for, and where there is nothing left to do
        QVERIFY(table->hasFocus());
    }
};

QTEST_MAIN(TestFocus)
#include "tst_focus.moc"
