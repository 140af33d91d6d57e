package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// CompleteHVSWork is Open CTI's hvs.completeWork.
var CompleteHVSWork = flow.Block{
	Type: "SE_SFCompleteHvsWorkWithTaskSaved", Label: "Complete High Velocity Sales Work With Task Saved", Category: "Salesforce",
	Help: "Says to Sales Engagement that a piece of work is done, and by which Task.",
	Inputs: []flow.Input{
		{Name: "workId", Label: "Work id", Required: true, Help: "As onHvsWorkStart tells it."},
		{Name: "disposition", Label: "Disposition", Help: "How the call ended, in the words of the org."},
		{Name: "taskId", Label: "Task id", Help: "The Task that was saved."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure, flow.Unknown},
	Place: flow.InPage,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		_, err := c.Ask(ctx, "completeWork", map[string]any{
			"workId": c.In.Text("workId"), "disposition": c.In.Text("disposition"), "taskId": c.In.Text("taskId"),
		})
		return flow.Outcome{Port: flow.Success}, err
	},
}
