// The page "Deployments" in the whole window: what is chosen in its tree, what its menu does, what is asked before.
// Thread: GUI. Owner: a test that derives from it. Flow: open() → choose() → act() → dialog, question → peer.
#pragma once

#include "tests/console/filled.h"
#include "tests/console/peer_window.h"

#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeView>

namespace cohort::console {

// Everything changed answers with something that reads well.
template <typename Operation>
void answerFilled(Peer& peer)
{
    answer<Operation>(peer, [](const Operation&) { return filled<typename Operation::Answer>(); });
}

class InTree
{
protected:
    PeerWindow m_at;
    Page* m_page = nullptr;
    QTreeView* m_tree = nullptr;

    void open(model::OperatorRole role = model::OperatorRole::Admin, DeploymentId where = {},
              const QString& mode = QStringLiteral("full"))
    {
        m_page = m_at.open(QStringLiteral("deployments"), role, mode, where);
        QVERIFY(m_page);
        m_tree = child<QTreeView>(m_page, QStringLiteral("tree"));
    }
    QModelIndex find(const QString& name) const
    {
        const QAbstractItemModel* model = m_tree->model();
        return model->match(model->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly | Qt::MatchRecursive)
            .value(0);
    }
    // Opens the branches down to it, as clicks on the arrows do, and chooses it.
    bool choose(const QStringList& names)
    {
        for (const QString& name : names) {
            if (!QTest::qWaitFor([&] { return find(name).isValid(); }, 5000))
                return false;
            if (name != names.last())
                m_tree->expand(find(name));
        }
        m_tree->setCurrentIndex(find(names.last()));
        return m_at.settle();
    }
    bool chooseDevice()
    {
        return choose(
            {QStringLiteral("Safe at home 2026"), QStringLiteral("Lindenweg 4"), QStringLiteral("Stove plug")});
    }
    bool choosePerson()
    {
        return choose(
            {QStringLiteral("Safe at home 2026"), QStringLiteral("Lindenweg 4"), QStringLiteral("Martha Seidel")});
    }
    // False where it is not offered.
    bool act(const QString& name)
    {
        auto* action = m_page->findChild<QAction*>(name);
        if (!action)
            return false;
        action->trigger();
        return m_at.settle();
    }
    // Answers the question that is open; its words come back.
    QString answerQuestion(bool yes)
    {
        auto* box = m_at.dialog<QMessageBox>();
        if (!box)
            return {};
        const QString words = box->text() + QLatin1Char('\n') + box->informativeText();
        auto* button = yes ? box->findChild<QPushButton*>(QStringLiteral("act"))
                           : static_cast<QPushButton*>(box->button(QMessageBox::Cancel));
        button->click();
        return m_at.settle() ? words : QString();
    }
    static QLineEdit* text(QWidget* dialog, const QString& name) { return child<QLineEdit>(dialog, name); }
};

} // namespace cohort::console
