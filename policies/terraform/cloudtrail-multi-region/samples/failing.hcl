resource "aws_cloudtrail" "sample" {
  is_multi_region_trail = false
}
