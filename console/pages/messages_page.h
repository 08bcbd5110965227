// All conversations of the deployment, and the one that is read.
// Thread: GUI. Owner: MainWindow. Flow: ConversationsModel → table → ConversationView.
#pragma once

#include "console/models/message_models.h"
#include "console/pages/page.h"

#include <memory>

namespace cohort::console {

namespace Ui {
class MessagesPage;
}
class ConversationView;

class MessagesPage : public Page
{
    Q_OBJECT
public:
    MessagesPage(Workspace& workspace, QWidget* parent);
    ~MessagesPage() override;

    void activate() override;
    void deactivate() override;

private:
    void choose(int row);

    std::unique_ptr<Ui::MessagesPage> m_ui;
    ConversationsModel m_model;
    ConversationView* m_conversation;
};

} // namespace cohort::console
