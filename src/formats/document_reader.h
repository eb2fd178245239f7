// The way back of document_to_node (terminal.h): a tree as a Document.
#pragma once

#include "base/document.h"
#include "base/node_reader.h"

namespace anlan::formats {

// The blocks under "blocks" of this table. Refusals stand in its report: unknown and missing keys,
// kinds and values, rows with another number of cells than there are columns. Figures of charts
// come back with six decimals, as they were written.
Document document_from_node(NodeReader& root);

}  // namespace anlan::formats
