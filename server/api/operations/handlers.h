// The handlers of the operations, a list per noun; dispatch joins them.
// Thread: any. Owner: nobody. Flow: *_operations.cpp → findHandler.
#pragma once

#include "server/api/dispatch/call.h"

namespace cohort::api {

HandlerRows sessionHandlers();
HandlerRows placeHandlers();
HandlerRows participantHandlers();
HandlerRows deviceHandlers();
HandlerRows commandHandlers();
HandlerRows measurementHandlers();
HandlerRows timelineHandlers();
HandlerRows libraryHandlers();
HandlerRows scriptHandlers();
HandlerRows scriptLifeHandlers();
HandlerRows alertHandlers();
HandlerRows messageHandlers();
HandlerRows operatorHandlers();
HandlerRows serverHandlers();

} // namespace cohort::api
