package amazonconnect

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
)

// ErrNoUser means that the instance has no user of a name.
var ErrNoUser = errors.New("the instance has no such user")

// UserID finds the user of exactly this name. ErrNoUser if there is none.
func (c *Client) UserID(ctx context.Context, instanceID, username string) (string, error) {
	found, err := c.byName(ctx, instanceID, username)
	switch {
	case err != nil:
		return "", err
	case found == nil:
		return "", fmt.Errorf("%w: %s", ErrNoUser, username)
	}
	return aws.ToString(found.Id), nil
}

// StatusOf is the name of a user's status now; "" for one who is not signed in, of whom the service tells nothing.
// Source: Amazon Connect API reference, GetCurrentUserData.
func (c *Client) StatusOf(ctx context.Context, instanceID, userID string) (string, error) {
	got, err := c.api.GetCurrentUserData(ctx, &connect.GetCurrentUserDataInput{
		InstanceId: &instanceID, Filters: &types.UserDataFilters{Agents: []string{userID}},
	})
	if err != nil {
		return "", fmt.Errorf("get current user data: %w", err)
	}
	for _, user := range got.UserDataList {
		if user.Status != nil && user.User != nil && aws.ToString(user.User.Id) == userID {
			return aws.ToString(user.Status.StatusName), nil
		}
	}
	return "", nil
}

// SetStatus changes a user's status; while a contact is on, it becomes the next one. ErrNoStatus if the instance has none of that name.
// Source: Amazon Connect API reference, PutUserStatus.
func (c *Client) SetStatus(ctx context.Context, instanceID, userID, status string) error {
	all, err := c.AgentStatuses(ctx, instanceID)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.Name != status {
			continue
		}
		_, err := c.api.PutUserStatus(ctx, &connect.PutUserStatusInput{InstanceId: &instanceID, UserId: &userID, AgentStatusId: aws.String(s.ID)})
		if err != nil {
			return fmt.Errorf("put user status: %w", err)
		}
		return nil
	}
	return fmt.Errorf("%w: %s", ErrNoStatus, status)
}

// ErrNoStatus means that the instance has no agent status of a name.
var ErrNoStatus = errors.New("the instance has no such agent status")
