package amazonconnect

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func TestServerFaults(t *testing.T) {
	answered := func(status int) error {
		return &awshttp.ResponseError{ResponseError: &smithyhttp.ResponseError{
			Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status}},
			Err:      &smithy.GenericAPIError{Code: "Whatever"},
		}}
	}
	for _, tc := range []struct {
		err  error
		want bool
	}{
		{fmt.Errorf("create: %w", &types.InternalServiceException{}), true},
		{answered(http.StatusServiceUnavailable), true},
		{&types.ResourceConflictException{}, false},
		{answered(http.StatusBadRequest), false},
		{errors.New("reset"), false},
	} {
		if got := ServerFault(tc.err); got != tc.want {
			t.Errorf("ServerFault(%v) = %t, want %t", tc.err, got, tc.want)
		}
	}
}
