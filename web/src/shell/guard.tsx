// A fault of a page stays within it: the frame, the menu and the red button go on working.
import { Component, type ReactNode } from "react";

export class Guard extends Component<{ children: ReactNode; shown: (fault: Error) => ReactNode }, { fault: Error | null }> {
  override state: { fault: Error | null } = { fault: null };

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  override render() {
    return this.state.fault ? this.props.shown(this.state.fault) : this.props.children;
  }
}
