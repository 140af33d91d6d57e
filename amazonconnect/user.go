package amazonconnect

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
)

// User is one who may sign in to the instance.
type User struct{ ID, Username string }

// Users lists the instance's users.
func (c *Client) Users(ctx context.Context, instanceID string) ([]User, error) {
	var all []User
	pages := connect.NewListUsersPaginator(c.api, &connect.ListUsersInput{InstanceId: &instanceID})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list users: %w", err)
		}
		for _, u := range page.UserSummaryList {
			all = append(all, User{ID: aws.ToString(u.Id), Username: aws.ToString(u.Username)})
		}
	}
	return all, nil
}

// UserExists says whether somebody may sign in to the instance by exactly this name, and that user's e-mail address; "" if the instance
// does not know one. It asks twice: who is found by name comes without the address.
func (c *Client) UserExists(ctx context.Context, instanceID, username string) (exists bool, email string, err error) {
	found, err := c.byName(ctx, instanceID, username)
	if err != nil || found == nil {
		return false, "", err
	}
	email, err = c.emailOf(ctx, instanceID, aws.ToString(found.Id))
	if _, gone := errors.AsType[*types.ResourceNotFoundException](err); gone {
		return false, "", nil
	}
	return err == nil, email, err
}

// byName finds the user of exactly this name; nil if there is none.
func (c *Client) byName(ctx context.Context, instanceID, username string) (*types.UserSearchSummary, error) {
	found, err := c.api.SearchUsers(ctx, &connect.SearchUsersInput{
		InstanceId: &instanceID, SearchCriteria: &types.UserSearchCriteria{StringCondition: &types.StringCondition{
			FieldName: aws.String("Username"), Value: &username, ComparisonType: types.StringComparisonTypeExact,
		}},
	})
	if err != nil {
		return nil, fmt.Errorf("search user: %w", err)
	}
	for _, u := range found.Users { // the service compares without regard to capitals
		if aws.ToString(u.Username) == username {
			return &u, nil
		}
	}
	return nil, nil
}

func (c *Client) emailOf(ctx context.Context, instanceID, userID string) (string, error) {
	got, err := c.api.DescribeUser(ctx, &connect.DescribeUserInput{InstanceId: &instanceID, UserId: &userID})
	if err != nil {
		return "", fmt.Errorf("describe user: %w", err)
	}
	if got.User == nil || got.User.IdentityInfo == nil {
		return "", nil
	}
	return aws.ToString(got.User.IdentityInfo.Email), nil
}
