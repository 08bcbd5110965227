// The translation context of console/editor: Editor::tr().
// Thread: any. Owner: nobody. Flow: source text → translator → editor.
#pragma once

#include <QCoreApplication>

namespace cohort::console {

struct Editor
{
    Q_DECLARE_TR_FUNCTIONS(Editor)
};

} // namespace cohort::console
