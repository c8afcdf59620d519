resource "aws_msk_cluster" "sample" {
}
