// The part of the model card that holds the model against published figures.
#pragma once

#include <vector>

#include "api/model_card.h"
#include "api/session.h"
#include "base/document.h"
#include "base/node.h"

namespace anlan::api {

// Anchors, back-tests with the count inside and what the misses mean, and where each figure comes
// from.
void add_published(Session& session, const std::vector<FigureRow>& rows, Document& document);
Node published_node(const std::vector<FigureRow>& rows);

// The events that need a portfolio, each with what a run would need.
void add_shared_events(Session& session, const std::vector<engine::SharedEvent>& events,
                       Document& document);
Node shared_events_node(const std::vector<engine::SharedEvent>& events);

}  // namespace anlan::api
