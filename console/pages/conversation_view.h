// One participant's conversation as bubbles, with what can be sent: a message or a question.
// Thread: GUI. Owner: HomePeopleView, MessagesPage. Flow: MessagesModel → bubbles; text → message.send, question.ask.
#pragma once

#include "console/models/message_models.h"
#include "console/pages/perform.h"

#include <QStyledItemDelegate>
#include <QWidget>

#include <memory>

namespace cohort::console {

namespace Ui {
class ConversationView;
}

class BubbleDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    BubbleDelegate(const MessagesModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const MessagesModel& m_model;
};

class ConversationView : public QWidget
{
    Q_OBJECT
public:
    ConversationView(Workspace& workspace, NoticeBar* notices, QWidget* parent);
    ~ConversationView() override;

    // None: nobody is chosen. `zone`: in which times are told, the home's where there is one.
    void setPerson(ParticipantId participant, const QString& label,
                   const QTimeZone& zone = QTimeZone::systemTimeZone());

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void send();
    void markRead();
    // The name, and why nothing stands below it as long as nothing does.
    void showPerson();
    void kindChanged();
    Draft draft() const;
    void showDraft(const Draft& draft);
    // What stands in the fields is this person's.
    void keepDraft();

    Workspace& m_workspace;
    NoticeBar* m_notices;
    std::unique_ptr<Ui::ConversationView> m_ui;
    MessagesModel m_model;
    QString m_label;   // of the person
    bool m_may = true; // read and write here
};

} // namespace cohort::console
