package checks

import (
	"context"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/setup"
)

// connectReadable asks the instance for all that set-up reads of it: a right that is missing shows here by its name, and
// not in the middle of the work. What set-up writes it writes rarely, and nothing is changed to find out.
func connectReadable(ctx context.Context, on On) ([]setup.Finding, error) {
	centre, instance := on.Site.Connect, on.Site.Instance
	var found []setup.Finding
	for _, one := range []struct {
		action, for_ string
		read         func() error
	}{
		{"connect:ListApprovedOrigins", "the console could not be approved", func() error {
			_, err := centre.ApprovedOrigins(ctx, instance.ID)
			return err
		}},
		{"connect:ListPhoneNumbersV2", "nobody is told which number to call", func() error {
			_, err := centre.Numbers(ctx, instance.ARN)
			return err
		}},
		{"connect:ListUsers", "nobody is told whether agents can sign in", func() error {
			_, err := centre.Users(ctx, instance.ID)
			return err
		}},
		{"connect:ListAgentStatuses", "the status that signs an agent out could not be made", func() error {
			_, err := centre.AgentStatuses(ctx, instance.ID)
			return err
		}},
	} {
		err := one.read()
		switch {
		case err == nil:
		case amazonconnect.ErrorCode(err) == "AccessDeniedException":
			found = append(found, setup.Finding{
				Verdict: setup.Failed, What: one.action + " is not allowed",
				Why:  "without it " + one.for_,
				Mend: "Add it to the IAM policy of whoever runs set-up: patchcord setup rights prints it.",
			})
		default:
			return found, err
		}
	}
	if found == nil {
		found = []setup.Finding{passed("what set-up reads of %s may be read", instance.Alias)}
	}
	return found, nil
}
